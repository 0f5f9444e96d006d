// SPDX-License-Identifier: GPL-2.0-or-later
// What happens to clients and lines: time, faults, other programs, the outside world.
#include <algorithm>

#include "unit/random_world.h"

namespace gpiobroker::test {

void RandomWorld::let_time_pass() {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(longest_pause_).count();
  now_ += std::chrono::seconds(below(static_cast<std::uint32_t>(seconds)));
  story_.push_back("time passes");
  lifetimes_.expire(now_);
  for (const auto& [id, lease] : broker_.leases().all()) {
    if (const auto expiry = core::expiry_of(lease)) {
      EXPECT_GT(expiry->at, now_);
    }
  }
}

void RandomWorld::end_a_process() {
  const core::Lease* lease = any_lease();
  if (lease == nullptr || lease->lifetime.kind != core::LifetimeKind::process) return;
  const LeaseId id = lease->id;
  story_.push_back("a process ends");
  lifetimes_.ended(id, EndReason::process_gone, now_);
  EXPECT_EQ(broker_.leases().find(id), nullptr);
}

void RandomWorld::retry() {
  now_ = std::max(now_, broker_.next_retry().value_or(now_));
  story_.push_back("resets are tried again");
  broker_.retry_resets(now_);
}

void RandomWorld::break_something() {
  const LineId line = any_line();
  FakeFaults& faults = fake(line).faults();
  const FakeFault fault{.reason = Reason::hardware_failure,
                        .effect = below(3) == 0 ? Effect::done : Effect::none};
  const auto n = below(8) + 1;
  const auto kind = below(5);
  story_.push_back("fault " + std::to_string(kind) + " of " + spec_of(line));
  if (kind == 0) faults.fail_line(line.offset, Reason::hardware_failure);
  if (kind == 1) faults.fail_line(Operation::configure, line.offset, Reason::hardware_failure);
  if (kind == 2) faults.fail_nth(n, fault);
  if (kind == 3) faults.fail_from_nth(n, fault);
  if (kind == 4) fake(line).lie(line.offset, kInput);
}

void RandomWorld::mend_something() {
  const LineId line = any_line();
  story_.push_back("all is well with the chip of " + spec_of(line));
  fake(line).faults().mend();
  fake(line).stop_lying();
}

void RandomWorld::use_from_outside() {
  const LineId line = any_line();
  if (outside_.erase(line) > 0) {
    story_.push_back("another program gives back " + spec_of(line));
    fake(line).give_back_from_outside(line.offset);
  } else if (!info(line).used) {
    story_.push_back("another program takes " + spec_of(line));
    fake(line).use_from_outside(line.offset, "other");
    outside_.insert(line);
  }
}

void RandomWorld::leave_driven() {
  const LineId line = any_line();
  if (info(line).used) return;
  story_.push_back("another program leaves driven " + spec_of(line));
  fake(line).leave(line.offset, kHigh);
  left_driven_.insert(line);
}

void RandomWorld::move_a_pin() {
  const LineId line = any_line();
  fake(line).drive(line.offset, below(2) == 0);
  story_.push_back("something moves " + spec_of(line));
  if (auto* request = broker_.held().request_with(line)) edges_.read(*request, now_);
}

}  // namespace gpiobroker::test
