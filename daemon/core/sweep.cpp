// SPDX-License-Identifier: GPL-2.0-or-later
// Line by line.
#include "core/sweep.h"

namespace gpiobroker::core {
namespace {

constexpr std::string_view kSweepConsumer = "gpiobroker:sweep";

}  // namespace

Sweep sweep(HeldLines& held, const ChipSet& chips, const SafeStates& lines) {
  Sweep done;
  for (const auto& [line, state] : lines.chosen()) {
    if (state.kind == SafeState::Kind::keep) {
      done.kept.push_back(line);
    } else if (auto taken = held.take(std::span(&line, 1), kSweepConsumer); !taken) {
      done.not_had.push_back({line, taken.error()});
    } else if (auto failed = reset(held, chips, lines, std::span(&line, 1)); !failed.empty()) {
      done.stuck.push_back(std::move(failed.front()));
    } else {
      held.give_back(std::span(&line, 1));
      done.reset.push_back(line);
    }
  }
  return done;
}

}  // namespace gpiobroker::core
