// SPDX-License-Identifier: GPL-2.0-or-later
// Looks for gpiochipN in the folder, and asks the chips that are open whether they live.
#include "gpio/chip_nodes.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <sys/stat.h>

#include "core/base/text.h"
#include "gpio/kernel_chip.h"
#include "gpio/kernel_info_queue.h"
#include "gpio/kernel_line_request.h"

namespace gpiobroker::gpio {
namespace {

constexpr std::string_view kPrefix = "gpiochip";

/// The N of "gpiochipN", or -1.
int chip_number(const std::filesystem::path& path) {
  const std::string name = path.filename();
  if (!name.starts_with(kPrefix)) return -1;
  return core::number_in(std::string_view(name).substr(kPrefix.size()));
}

std::uint64_t device_number(const gpiod::chip& chip) {
  struct stat status {};
  return fstat(chip.fd(), &status) == 0 ? status.st_rdev : 0;
}

/// Whether the kernel still has the chip of an open device: of one that is gone every call says
/// ENODEV (Linux, gpiolib-cdev.c), also when another chip has its number by now.
bool lives(const gpiod::chip& chip) {
  try {
    (void)chip.get_info();
    return true;
  } catch (const std::system_error& error) {
    return error.code().value() != ENODEV;
  }
}

WaitingLimits limits_now(const EdgeSource* loop) {
  return loop != nullptr && loop->turn() ? kWhileServing : kUnhurried;
}

}  // namespace

ChipNodes::ChipNodes(EdgeSource* loop, std::filesystem::path folder)
    : loop_(loop),
      folder_(std::move(folder)),
      patience_(std::make_shared<Patience>(LoopTime([loop] { return limits_now(loop); }))) {}

/// Whether a chip is still there. A chip that is in a call is not asked, because a kernel that
/// waits for that call before it removes the chip may block others until then; whether its node is
/// there tells.
bool ChipNodes::lives(DeviceNumber number, const Known& known) {
  if (!known.calls->is_busy()) return gpio::lives(*known.device);
  struct stat status {};
  return stat(known.path.c_str(), &status) == 0 && status.st_rdev == number;
}

void ChipNodes::wait_for_slow(std::chrono::milliseconds longest) const {
  const auto end = std::chrono::steady_clock::now() + longest;
  for (const auto& [number, known] : known_) {
    const auto left = end - std::chrono::steady_clock::now();
    known.calls->wait(std::chrono::duration_cast<std::chrono::milliseconds>(left));
  }
}

/// Lists the nodes by number, so that gpiochip10 comes after gpiochip9.
ChipNodes::Nodes ChipNodes::nodes(Paths& idle) const {
  Nodes nodes;
  std::error_code gone;  // of an entry that was removed while we looked
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const int number = chip_number(entry.path());
    if (number < 0 || entry.is_symlink(gone)) continue;
    struct stat status {};
    if (stat(entry.path().c_str(), &status) != 0) continue;
    if (gpiod::is_gpiochip_device(entry.path())) {
      nodes.emplace(number, Node{entry.path(), status.st_rdev});
    } else if (S_ISCHR(status.st_mode)) {
      idle.insert(entry.path());
    }
  }
  return nodes;
}

ChipNodes::Changes ChipNodes::look() {
  Changes changes;
  forget_dead(changes);
  Paths idle;
  const Nodes now = nodes(idle);
  for (const auto& [number, node] : now) {
    const auto known = known_.find(node.device);
    if (known == known_.end()) {
      open(node, changes);
    } else if (known->second.path != node.path) {
      note_further_node(node, known->second, changes);
    }
  }
  note_lost_nodes(now, changes);
  note_idle_nodes(std::move(idle), changes);
  find_links();
  std::erase_if(unopened_, [&](const auto& told) {
    return std::ranges::none_of(now,
                                [&](const auto& entry) { return entry.second.path == told.first; });
  });
  return changes;
}

std::vector<std::string> ChipNodes::unopened() const {
  std::vector<std::string> reasons;
  for (const auto& [path, why] : unopened_) reasons.push_back(why);
  return reasons;
}

void ChipNodes::find_links() {
  links_.clear();
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    struct stat status {};
    if (!entry.is_symlink(gone) || stat(entry.path().c_str(), &status) != 0) continue;
    if (!S_ISCHR(status.st_mode)) continue;
    const auto known = known_.find(status.st_rdev);
    if (known != known_.end()) links_[entry.path().filename()] = known->second.name;
  }
}

void ChipNodes::forget_dead(Changes& changes) {
  std::erase_if(known_, [&](const auto& known) {
    const bool dead = !lives(known.first, known.second);
    if (dead) changes.gone.push_back(known.second.name);
    return dead;
  });
}

void ChipNodes::open(const Node& node, Changes& changes) {
  auto chip = KernelChip::open(node.path, loop_);
  if (!chip) {
    std::string& told = unopened_[node.path];
    if (told != chip.error().message) changes.unopened.push_back({node.path, chip.error().message});
    told = chip.error().message;
    return;
  }
  unopened_.erase(node.path);
  const std::shared_ptr<KernelChip> kernel = std::move(*chip);
  auto patient = std::make_unique<PatientChip>(kernel, patience_, loop_of_requests());
  if (loop_ != nullptr) watch_lines(*patient, *kernel, changes);
  Known known{.name = patient->info().name,
              .path = node.path,
              .device = kernel->device(),
              .calls = patient->calls()};
  if (loop_ != nullptr) {
    known.watch = loop_->watch(known.device->fd(), [this] {
      if (gone_) gone_();
    });
  }
  // The node may have been made anew since it was looked at.
  const DeviceNumber device = device_number(*known.device);
  if (known_.try_emplace(device, std::move(known)).second) {
    changes.opened.push_back(std::move(patient));
  }
}

LoopOfRequests ChipNodes::loop_of_requests() const {
  if (loop_ == nullptr) return {};
  return {.edges = loop_, .watch = [loop = loop_](core::LineRequest& request, auto readable) {
            // All requests of a KernelChip are such.
            const auto& inner = static_cast<KernelLineRequest&>(request);
            return loop->watch(inner.fd(), std::move(readable));
          }};
}

void ChipNodes::watch_lines(PatientChip& chip, const KernelChip& kernel, Changes& changes) const {
  const auto open = [device = kernel.device(), path = kernel.info().path] {
    return open_info_queue(*device, path);
  };
  auto watch = LineWatch::make({.loop = *loop_, .open = open, .holds = kernel.own_holds()},
                               kernel.info().line_count);
  if (watch) return chip.watch_lines(std::move(*watch));
  changes.notes.push_back("changes that programs outside make to lines of chip " +
                          kernel.info().name + " are not announced: " + watch.error().message);
}

void ChipNodes::note_further_node(const Node& node, const Known& known, Changes& changes) {
  const auto told = further_.find(node.path);
  if (told != further_.end() && told->second == node.device) return;
  further_[node.path] = node.device;
  changes.notes.push_back(node.path.string() + " is a further node of chip " + known.name +
                          " and is passed over");
}

/// Notes nodes of no chip, which somebody has made by hand. The kernel leaves such a node when a
/// new chip comes.
void ChipNodes::note_idle_nodes(Paths now, Changes& changes) {
  for (const std::filesystem::path& path : now) {
    if (idle_.contains(path)) continue;
    changes.notes.push_back(path.string() +
                            " is a node of no chip; it takes the place of the node of a chip that "
                            "comes by this name, so remove it");
  }
  idle_ = std::move(now);
}

void ChipNodes::note_lost_nodes(const Nodes& now, Changes& changes) {
  for (auto& entry : known_) {
    Known& known = entry.second;
    const auto is_its_node = [&](const auto& node) {
      return node.second.device == entry.first && node.second.path == known.path;
    };
    const bool is_there = std::ranges::any_of(now, is_its_node);
    if (known.node_is_there && !is_there) {
      changes.notes.push_back("the node " + known.path.string() + " of chip " + known.name +
                              " is gone, but not the chip: its lines are served as before");
    }
    known.node_is_there = is_there;
  }
}

}  // namespace gpiobroker::gpio
