// SPDX-License-Identifier: GPL-2.0-or-later
// What is done with direct leases, and by whom their duplicates were passed on to.
#include <algorithm>

#include "unit/random/random_world.h"

namespace gpiobroker::test {

bool RandomWorld::Kept::has(LineId line) const {
  const std::vector<Offset> lines = descriptor.lines();
  return line.chip == chip && std::ranges::find(lines, line.offset) != lines.end();
}

RandomWorld::Kept* RandomWorld::any_kept() {
  if (kept_.empty()) return nullptr;
  return &kept_.at(below(static_cast<std::uint32_t>(kept_.size())));
}

bool RandomWorld::is_kept(LineId line) const {
  return std::ranges::any_of(kept_, [line](const Kept& each) { return each.has(line); });
}

void RandomWorld::open_directly() {
  const core::Lease* lease = any_lease();
  if (lease == nullptr) return;
  const auto opened = broker_.direct().open(lease->holder, lease->id);
  story_.push_back(lease->holder.command + " opens a lease directly" +
                   (opened ? "" : ", refused: " + opened.error().message));
  EXPECT_TRUE(lease->direct || opened.error().reason == Reason::not_direct);
  if (!opened) return;
  EXPECT_TRUE(broker_.direct().is_awaited(lease->holder.name));
  for (const core::LeasedLine& line : lease->lines) {
    if (std::ranges::any_of(kept_, [&](const Kept& each) {
          return each.has(line.id) && each.opener == lease->holder.name;
        })) {
      continue;
    }
    kept_.push_back(
        {fake(line.id).duplicate(line.id.offset), line.id.chip, lease->id, lease->holder.name});
  }
}

void RandomWorld::drive_directly() {
  Kept* kept = any_kept();
  if (kept == nullptr) return;
  const std::vector<Offset> lines = kept->descriptor.lines();
  const LineId line{kept->chip, lines.at(below(static_cast<std::uint32_t>(lines.size())))};
  story_.push_back("somebody drives directly " + spec_of(line));
  sure_.erase(line);
  if (below(3) == 0) {
    (void)kept->descriptor.set(line.offset, below(2) == 0 ? Value::active : Value::inactive);
  } else if (kept->descriptor.configure(line.offset, any_settings())) {
    unheard_.insert(line);
  }
}

void RandomWorld::close_directly() {
  const Kept* kept = any_kept();
  if (kept == nullptr) return;
  story_.emplace_back("somebody closes a duplicate");
  kept_.erase(kept_.begin() + (kept - kept_.data()));
}

/// Now and then somebody has passed one on.
void RandomWorld::say_what_is_closed() {
  const Kept* kept = any_kept();
  if (kept == nullptr) return;
  const Client& client = any_client();
  const LeaseId lease = kept->lease;
  story_.push_back(client.command + " says that its duplicates are closed");
  const bool had =
      std::ranges::any_of(broker_.outstanding().of_lease(lease), [&](core::RequestId request) {
        return broker_.outstanding().all().at(request).openers.contains(client.name);
      });
  if (below(4) == 0) {
    for (Kept& each : kept_) {
      if (each.lease == lease && each.opener == client.name) each.opener = {};
    }
  }
  std::erase_if(
      kept_, [&](const Kept& each) { return each.lease == lease && each.opener == client.name; });
  const auto done = broker_.direct().let_go(client, lease, now_);
  EXPECT_EQ(done.has_value(), had);
}

void RandomWorld::leave_a_child() {
  const Kept* kept = any_kept();
  if (kept == nullptr || kept_.size() > lines_.size()) return;
  story_.emplace_back("a child inherits a duplicate");
  Kept childs = *kept;
  childs.opener = {};
  kept_.push_back(std::move(childs));
}

void RandomWorld::die() {
  const Client& client = any_client();
  story_.push_back(client.command + " is dead");
  std::erase_if(kept_, [&](const Kept& each) { return each.opener == client.name; });
  (void)waiting_.leave(client.name);
  const bool is_first = below(2) == 0;
  if (is_first) broker_.direct().opener_gone(client.name, now_);
  broker_.goodbye(client.name, now_);
  if (!is_first) broker_.direct().opener_gone(client.name, now_);
  EXPECT_FALSE(broker_.direct().is_awaited(client.name));
}

void RandomWorld::hear_of_others() {
  story_.emplace_back("the broker hears what others did");
  for (const auto& [chip, unused] : board_.chips().all()) (void)broker_.outside().read(chip, now_);
  unheard_.clear();
}

/// Of a line in a request of which somebody has a duplicate.
void RandomWorld::expect_no_other_can_drive(LineId line) {
  for (const Kept& each : kept_) {
    if (!each.has(line)) continue;
    const core::Lease* lease = broker_.leases().of_line(line);
    if (lease != nullptr) {
      EXPECT_EQ(lease->id, each.lease) << "another can drive it";
    } else {
      EXPECT_TRUE(broker_.quarantine().find(line) != nullptr ||
                  broker_.outstanding().with(line) != nullptr)
          << "it is free, and somebody can drive it";
    }
  }
}

}  // namespace gpiobroker::test
