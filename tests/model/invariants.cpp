// SPDX-License-Identifier: GPL-2.0-or-later
// Each invariant looked at from outside, with rules of its own instead of the broker's.
#include "model/invariants.h"

#include <algorithm>

namespace gpiobroker::test {
namespace {

using core::Access;
using core::LineId;
using Flaw = std::optional<std::string>;

std::string said_of(LineId line, const char* what) {
  return "line " + std::to_string(std::ranges::find(kModelLines, line) - kModelLines.begin()) +
         " " + what;
}

bool is_as_wanted(const World& world, LineId line) {
  const core::SafeState wanted = world.size().safe_states.of(line);
  const core::PinState pin = world.pin(line);
  switch (wanted.kind) {
    case core::SafeState::Kind::keep: return true;
    case core::SafeState::Kind::input: return !pin.driven && pin.pull == wanted.bias;
    case core::SafeState::Kind::output:
      return pin.driven && pin.high == (wanted.value == core::Value::active);
  }
  return false;
}

/// Before the first lease of it a line is as the machine has left it: an input.
bool is_safe(const World& world, LineId line) {
  return is_as_wanted(world, line) || !world.pin(line).driven;
}

bool is_leased(const core::Broker& broker, LineId line) {
  return std::ranges::any_of(broker.leases().on_line(line),
                             [](const core::Lease* lease) { return !lease->observes(); });
}

bool is_quarantined(const core::Broker& broker, LineId line) {
  return broker.quarantine().all().contains(line);
}

Flaw of_driving(const World& world, LineId line) {
  if (is_safe(world, line)) return std::nullopt;
  if (!world.store().written.lines.contains(line)) {
    return said_of(line, "is driven and not in the ledger");
  }
  if (world.under_test() == nullptr) return std::nullopt;
  const core::Broker& broker = world.under_test()->broker;
  if (is_leased(broker, line) || is_quarantined(broker, line)) return std::nullopt;
  const bool is_told = world.size().hears_late && !world.news(line).empty();
  if (is_told && broker.outstanding().with(line) != nullptr) return std::nullopt;
  return said_of(line, "is driven and nobody has it");
}

Flaw of_holders(const core::Broker& broker, LineId line) {
  std::size_t exclusive = 0;
  std::size_t shared = 0;
  for (const core::Lease* lease : broker.leases().on_line(line)) {
    if (lease->access == Access::exclusive) ++exclusive;
    if (lease->access == Access::shared) ++shared;
  }
  if (exclusive > 1) return said_of(line, "has two who have it to themselves");
  if (exclusive + shared > 0 && is_quarantined(broker, line)) {
    return said_of(line, "is leased and in quarantine");
  }
  if (exclusive > 0 && shared > 0) return said_of(line, "is shared by one who does not share");
  return std::nullopt;
}

/// What its holder has made of the lines of a lease that is open nobody can know.
Flaw of_lease(const World& world, const core::Lease& lease) {
  if (lease.lines.empty()) return "a lease has no line";
  if (lease.opened) return std::nullopt;
  for (const core::LeasedLine& line : lease.lines) {
    if (line.settings.direction != core::Direction::output) continue;
    const core::PinState pin = world.pin(line.id);
    if (!pin.driven || !pin.high) return said_of(line.id, "is leased and not driven as agreed");
  }
  return std::nullopt;
}

bool is_held_back(const core::Broker& broker, LineId line) {
  const auto* entry = broker.quarantine().find(line);
  return entry != nullptr && entry->cause == core::Quarantine::Cause::duplicate;
}

Flaw of_free_line(const World& world, const core::Broker& broker, LineId line) {
  const bool is_held = broker.held().holds(line);
  const bool wanted = is_leased(broker, line) || is_quarantined(broker, line);
  const bool was_handed_out =
      broker.outstanding().with(line) != nullptr || is_held_back(broker, line);
  if (!was_handed_out && broker.held().in_use(line) != wanted) {
    return said_of(line, "is held by nobody, or not held");
  }
  if (broker.parked().contains(line) && !is_held) return said_of(line, "is parked and not held");
  const bool is_waited_for = is_held_back(broker, line) && !is_held;
  if (!is_waited_for && world.info(line).used != is_held) {
    return said_of(line, "is another's in the kernel than in the broker");
  }
  return std::nullopt;
}

/// Whoever has a duplicate of a kernel request can drive its lines: they are for one lease alone,
/// and not free.
Flaw of_duplicate(const core::Broker& broker, const KeptDuplicate& duplicate) {
  const bool lives = broker.leases().find(duplicate.lease) != nullptr;
  for (const LineId line : duplicate.lines()) {
    for (const core::Lease* lease : broker.leases().on_line(line)) {
      if (lease->id != duplicate.lease) return said_of(line, "is leased, and another can drive it");
    }
    if (!lives && !is_quarantined(broker, line)) {
      return said_of(line, "is called free, and somebody can drive it");
    }
    if (broker.leases().on_line(line).empty() && broker.outstanding().with(line) == nullptr &&
        !is_quarantined(broker, line)) {
      return said_of(line, "is nobody's, and somebody can drive it");
    }
  }
  return std::nullopt;
}

Flaw of_duplicates(const World& world, const core::Broker& broker) {
  for (const auto& [client, duplicate] : world.own_duplicates()) {
    if (auto broken = of_duplicate(broker, duplicate)) return broken;
  }
  if (world.childs_duplicate()) return of_duplicate(broker, *world.childs_duplicate());
  return std::nullopt;
}

bool could_have(const core::Broker& broker, Access access, LineId line) {
  if (access == Access::observe) return true;
  if (is_quarantined(broker, line)) return false;
  return std::ranges::all_of(broker.leases().on_line(line), [access](const core::Lease* lease) {
    return lease->observes() || (access != Access::exclusive && lease->access != Access::exclusive);
  });
}

Flaw of_waiters(const core::Broker& broker) {
  std::vector<LineId> spoken_for;
  for (const auto& entry : broker.queue().all()) {
    const core::Waiter& waiter = entry.second;
    const bool its_turn = std::ranges::none_of(
        waiter.lines, [&](LineId line) { return std::ranges::count(spoken_for, line) > 0; });
    const bool free = std::ranges::all_of(
        waiter.lines, [&](LineId line) { return could_have(broker, waiter.request.access, line); });
    if (its_turn && free) return "somebody waits for lines that he could have";
    spoken_for.insert(spoken_for.end(), waiter.lines.begin(), waiter.lines.end());
  }
  return std::nullopt;
}

Flaw of_broker(const World& world, const core::Broker& broker) {
  for (unsigned i = 0; i < world.size().lines; ++i) {
    const LineId line = kModelLines.at(i);
    if (auto broken = of_holders(broker, line)) return broken;
    if (auto broken = of_free_line(world, broker, line)) return broken;
  }
  for (const auto& [id, lease] : broker.leases().all()) {
    if (auto broken = of_lease(world, lease)) return broken;
  }
  if (auto broken = of_duplicates(world, broker)) return broken;
  return of_waiters(broker);
}

}  // namespace

std::optional<std::string> broken_invariant(const World& world) {
  for (unsigned i = 0; i < world.size().lines; ++i) {
    if (auto broken = of_driving(world, kModelLines.at(i))) return broken;
  }
  if (world.out_of_turn()) return world.out_of_turn();
  return world.under_test() == nullptr ? std::nullopt
                                       : of_broker(world, world.under_test()->broker);
}

std::optional<std::string> left_behind(const World& world) {
  if (auto broken = broken_invariant(world)) return broken;
  if (world.was_refused()) return "nobody can have all the lines";
  const core::Broker& broker = world.under_test()->broker;
  if (!broker.leases().all().empty()) return "a lease is left";
  if (!broker.queue().all().empty()) return "somebody waits for ever";
  if (!broker.quarantine().all().empty()) return "a line stays in quarantine";
  if (!broker.outstanding().all().empty()) return "somebody is waited for for ever";
  if (!world.store().written.lines.empty()) return "a line stays in the ledger";
  if (!world.store().written.handed_out.empty()) return "a line stays in the ledger as handed out";
  for (unsigned i = 0; i < world.size().lines; ++i) {
    const LineId line = kModelLines.at(i);
    if (!is_safe(world, line)) return said_of(line, "is left driven");
    if (broker.held().holds(line) && !broker.parked().contains(line) &&
        !world.size().safe_states.keeps(line)) {
      return said_of(line, "is held for nobody");
    }
  }
  return std::nullopt;
}

}  // namespace gpiobroker::test
