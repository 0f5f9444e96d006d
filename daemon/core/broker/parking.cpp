// SPDX-License-Identifier: GPL-2.0-or-later
// Parks a line by taking it, resetting it, and holding on to it.
#include "core/broker/parking.h"

#include <span>
#include <string_view>
#include <utility>

#include "core/chip/peripheral.h"
#include "core/policy/wanted_states.h"

namespace gpiobroker::core {
namespace {

constexpr std::string_view kParkingConsumer = "gpiobroker:parked";

}  // namespace

Result<Change> Parking::apply(Policy policy, Instant now) {
  auto change = set_safe_states(wanted_states(policy, state_.board), now);
  if (change) adopt_policy(state_, std::move(policy));
  return change;
}

Result<Change> Parking::apply_to_new_chips(Instant now) {
  return set_safe_states(wanted_states(state_.policy, state_.board), now);
}

Result<Change> Parking::set_safe_states(const SafeStates& states, Instant now) {
  std::vector<LineId> at_risk;
  for (const auto& [line, state] : state_.ledger.content().lines) at_risk.push_back(line);
  if (auto written = state_.ledger.enter(at_risk, states, state_.next_id); !written) {
    return Refused(written.error());
  }
  unpark(states);
  state_.safe_states = states;
  return park(now);
}

void Parking::unpark(const SafeStates& states) {
  for (const LineId line : state_.parked) {
    if (!states.parks(line)) state_.held.unpark(line);
  }
  std::erase_if(state_.parked, [&](LineId line) { return !states.parks(line); });
}

/// What somebody has, or may have, is parked when it is given back.
Change Parking::park(Instant now) {
  Change change;
  for (const auto& [line, state] : state_.safe_states.chosen()) {
    const bool is_waited_for = state_.held.in_use(line) || state_.quarantine.find(line) != nullptr;
    if (state.park && !is_waited_for) change.add(park_line(line, now));
  }
  return change;
}

Change Parking::park_line(LineId line, Instant now) {
  Change change;
  if (auto own = check_no_peripheral(state_.held, line); !own) {
    change.park_failures.push_back({line, own.error().message});
  } else if (auto taken = state_.held.take(std::span(&line, 1), kParkingConsumer); !taken) {
    change.park_failures.push_back({line, taken.error().message});
  } else {
    change.lines.push_back(line);
    change.add(end_.reset_and_give_back({line}, now));
  }
  return change;
}

}  // namespace gpiobroker::core
