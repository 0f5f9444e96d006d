// SPDX-License-Identifier: GPL-2.0-or-later
// The device nodes of GPIO chips, and which chips came or went since the last look.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/line/line_facts.h"
#include "gpio/edge_source.h"
#include "gpio/patient_chip.h"

namespace gpiod {
class chip;
}

namespace gpiobroker::gpio {

class KernelChip;

struct UnopenedChip {
  std::filesystem::path path;
  std::string why;  ///< for a person: what is wrong, and what to do where that is known
};

/// A chip is what the kernel says it is, and found by the device number of its nodes. Nodes are
/// only ways to it: it may have several, and it lives on when they are removed or renamed.
class ChipNodes {
 public:
  struct Changes {
    std::vector<std::string> gone;                    ///< names of chips that were opened before
    std::vector<std::unique_ptr<core::Chip>> opened;  ///< in the order of their nodes' numbers
    std::vector<UnopenedChip> unopened;               ///< tried again by every look(), told of once
    std::vector<std::string> notes;  ///< for a person: what is odd about nodes, told once
  };

  /// Chips tell the loop of edges, if there is one; it outlives them.
  explicit ChipNodes(EdgeSource* loop = nullptr, std::filesystem::path folder = "/dev");

  /// What is different from the last time; the first time, every chip there is. A chip that went
  /// and came back in between is both gone and opened. Symbolic links, and further nodes of a chip
  /// that is known, are passed over.
  [[nodiscard]] Changes look();

  /// The symbolic links in the folder to nodes of chips that are open, as of the last look: the
  /// name of each to that of its chip. Raspberry Pi OS has gpiochip4 for programs that ask for the
  /// chip by the number that it once had.
  [[nodiscard]] const core::ChipLinks& links() const { return links_; }

  /// Why nodes could not be opened, as of the last look: a sentence each.
  [[nodiscard]] std::vector<std::string> unopened() const;

  /// Whether there are nodes of no chip, as of the last look. A chip that comes is given one of
  /// them as it is, and nothing tells of that: it takes another look().
  [[nodiscard]] bool has_idle_nodes() const { return !idle_.empty(); }

  /// From now on calls back when the kernel says that a chip is gone, whatever becomes of its
  /// nodes, where it says so by itself (Linux 6.5 and later): then it is time to look(), but not
  /// within the call.
  void when_gone(std::function<void()> gone) { gone_ = std::move(gone); }

  /// From now on calls back when a chip becomes slow, or well again (core::Chip::is_slow), in the
  /// middle of a call to it.
  void when_slow(std::function<void()> changed) { patience_->changed = std::move(changed); }

  /// Waits until no chip is in a call any more, or as long as that.
  void wait_for_slow(std::chrono::milliseconds longest) const;

 private:
  using DeviceNumber = std::uint64_t;
  struct Node {
    std::filesystem::path path;
    DeviceNumber device;
  };
  struct Known {
    std::string name;
    std::filesystem::path path;           // of the node that it was opened by
    std::shared_ptr<gpiod::chip> device;  // open, so that the number stays this chip's
    std::shared_ptr<const PatientCalls> calls;
    EdgeSource::Watch watch = nullptr;  // ends before the device is closed
    bool node_is_there = true;
  };
  using Nodes = std::multimap<int, Node>;  // by the number in the name: "gpiochip05" has 5, too
  using Paths = std::set<std::filesystem::path>;

  [[nodiscard]] static bool lives(DeviceNumber number, const Known& known);
  [[nodiscard]] Nodes nodes(Paths& idle) const;
  void note_idle_nodes(Paths now, Changes& changes);
  void find_links();
  void forget_dead(Changes& changes);
  void open(const Node& node, Changes& changes);
  [[nodiscard]] LoopOfRequests loop_of_requests() const;
  void watch_lines(PatientChip& chip, const KernelChip& kernel, Changes& changes) const;
  void note_further_node(const Node& node, const Known& known, Changes& changes);
  void note_lost_nodes(const Nodes& now, Changes& changes);

  EdgeSource* loop_;
  std::filesystem::path folder_;
  std::shared_ptr<Patience> patience_;  // which chips that have gone elsewhere need, too
  std::function<void()> gone_;
  std::map<DeviceNumber, Known> known_;  // each chip that was opened
  core::ChipLinks links_;
  std::map<std::filesystem::path, DeviceNumber> further_;  // further nodes that were told of
  Paths idle_;                                             // nodes of no chip
  std::map<std::filesystem::path, std::string> unopened_;  // why a node could not be opened
};

}  // namespace gpiobroker::gpio
