// SPDX-License-Identifier: GPL-2.0-or-later
// What happens to clients and lines: time, faults, other programs, the outside world.
#include <algorithm>

#include "core/base/spelling.h"
#include "support/hostile_names.h"
#include "unit/random/random_world.h"

namespace gpiobroker::test {

void RandomWorld::let_time_pass() {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(longest_pause_).count();
  now_ += std::chrono::seconds(below(static_cast<std::uint32_t>(seconds)));
  story_.emplace_back("time passes");
  lifetimes_.expire(now_);
  edges_.time_out(now_);
  for (const core::Served& served : waiting_.expire(now_)) {
    if (served.outcome) expect_granted(*served.outcome);
  }
  for (const auto& [id, lease] : broker_.leases().all()) {
    if (const auto expiry = core::expiry_of(lease)) {
      EXPECT_GT(expiry->at, now_);
    }
  }
  EXPECT_GT(waiting_.next_deadline().value_or(Instant::max()), now_);
}

void RandomWorld::end_a_process() {
  const core::Lease* lease = any_lease();
  if (lease == nullptr || lease->lifetime.kind != core::LifetimeKind::process) return;
  const LeaseId id = lease->id;
  story_.emplace_back("a process ends");
  lifetimes_.ended(id, EndReason::process_gone, now_);
  EXPECT_EQ(broker_.leases().find(id), nullptr);
}

void RandomWorld::retry() {
  now_ = std::max(now_, broker_.next_retry().value_or(now_));
  story_.emplace_back("resets are tried again");
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
    fake(line).use_from_outside(line.offset, any_odd_name());
    outside_.insert(line);
  }
}

void RandomWorld::leave_driven() {
  const LineId line = any_line();
  if (info(line).used) return;
  story_.push_back("another program leaves driven " + spec_of(line));
  fake(line).leave(line.offset, kHigh);
  may_be_driven_.insert(line);
  dark_.erase(line);
}

void RandomWorld::move_a_pin() {
  const LineId line = any_line();
  fake(line).drive(line.offset, below(2) == 0);
  story_.push_back("something moves " + spec_of(line));
  if (auto* request = broker_.held().request_with(line)) edges_.read(request->id(), now_);
}

void RandomWorld::revoke_some() {
  const LineId line = any_line();
  story_.push_back("root revokes " + spec_of(line));
  const auto done = broker_.revoke(core::Client{.uid = 0}, spec_of(line), "for a test", now_);
  EXPECT_TRUE(done || done.error().reason == Reason::no_such_lease) << done.error().message;
  EXPECT_EQ(broker_.leases().of_line(line), nullptr);
}

/// As the border of daemon/gpio has names of the kernel's.
std::string RandomWorld::any_odd_name() {
  return core::name_from(kHostileNames.at(below(kHostileNames.size())));
}

/// Comes back under other names: of its lines, and as its label. Not of this world are a label that
/// is another chip's name, and a second line by the name of one that somebody may have: it makes
/// that name ambiguous to its holder.
void RandomWorld::plug_in_expander() {
  core::ChipInfo info = expander_info();
  info.label = any_odd_name();
  if (info.label == raspberry_pi_info().name) info.label = expander_info().label;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < info.line_count; ++i) {
    const std::string name = any_odd_name();
    names.push_back(name == board_.directory().name_of(kGpio17) ? "" : name);
  }
  expander_ = FakeChip(info, record_, names);
  board_.attach(expander_.attachable());
}

/// The expander alone: a board without any lines is no place for a story.
void RandomWorld::plug_or_unplug() {
  if (board_.chips().all().size() == 1) {
    story_.emplace_back("the expander is plugged in");
    plug_in_expander();
    EXPECT_THAT(broker_.parking().apply_to_new_chips(now_), Succeeds());
  } else {
    story_.emplace_back("the expander is unplugged");
    const core::ChipId chip = std::prev(board_.chips().all().end())->first;
    expander_.remove();
    (void)broker_.chip_removal().chip_gone(chip, now_);
    const auto on_it = [chip](LineId line) { return line.chip == chip; };
    for (auto* lines : {&outside_, &dark_, &may_be_driven_, &unheard_}) {
      std::erase_if(*lines, on_it);
    }
    std::erase_if(kept_, [chip](const Kept& each) { return each.chip == chip; });
    std::erase_if(sure_, [&](const auto& entry) { return on_it(entry.first); });
  }
  look_at_chips();
}

void RandomWorld::choose_safe_states() {
  core::SafeStates states;
  const auto lines = some_lines();
  for (const LineId line : lines) states.set(line, any_safe_state());
  story_.emplace_back("the administrator chooses safe states");
  EXPECT_THAT(broker_.parking().set_safe_states(states, now_), Succeeds());
}

}  // namespace gpiobroker::test
