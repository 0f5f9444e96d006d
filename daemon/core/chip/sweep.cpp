// SPDX-License-Identifier: GPL-2.0-or-later
// Takes, resets and gives back line by line.
#include "core/chip/sweep.h"

#include <optional>

#include "core/chip/peripheral.h"

namespace gpiobroker::core {
namespace {

constexpr std::string_view kSweepConsumer = "gpiobroker:sweep";

/// A pin that is switched to a peripheral is not driven by what the dead broker left: a function
/// that was only claimed may still be one that the line was taken from.
std::optional<Refusal> switched_away(const HeldLines& held, LineId line) {
  const auto use = held.holds(line) ? std::nullopt : pin_use(held.chips(), line);
  if (!use || !use->selected) return std::nullopt;
  return serves_peripheral(held.chips(), line, use->function);
}

}  // namespace

Sweep sweep(HeldLines& held, const SafeStates& lines) {
  Sweep done;
  for (const auto& [line, state] : lines.chosen()) {
    if (state.kind == SafeState::Kind::keep) {
      done.kept.push_back(line);
    } else if (auto served = switched_away(held, line)) {
      done.unswept.push_back({line, std::move(*served)});
    } else if (auto taken = held.take(std::span(&line, 1), kSweepConsumer); !taken) {
      done.unswept.push_back({line, taken.error()});
    } else if (auto failed = reset(held, lines, std::span(&line, 1)); !failed.empty()) {
      done.stuck.push_back(std::move(failed.front()));
    } else {
      held.give_back(std::span(&line, 1));
      done.reset.push_back(line);
    }
  }
  return done;
}

}  // namespace gpiobroker::core
