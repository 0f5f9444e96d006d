// SPDX-License-Identifier: GPL-2.0-or-later
// Attaches the simulated chips that were asked for, or the machine's own: never both.
#include "app/attach_chips.h"

#include <string>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "app/problem_report.h"
#include "gpio/simulated_chip.h"

namespace gpiobroker::app {
namespace {

void attach_simulated_chips(core::Board& board, const std::vector<SimulatedChipOptions>& chips,
                            gpio::EdgeSource& edges) {
  for (std::uint32_t number = 0; number < chips.size(); ++number) {
    board.attach(
        gpio::make_simulated_chip(number, chips[number].line_count, chips[number].label, &edges));
  }
}

void attach_kernel_chips(core::Board& board, gpio::ChipNodes& nodes) {
  gpio::ChipNodes::Changes found = nodes.look();
  for (const gpio::UnopenedChip& chip : found.unopened) spdlog::error("{}", chip.why);
  for (const std::string& note : found.notes) spdlog::warn("{}", note);
  for (auto& chip : found.opened) board.attach(std::move(chip));
  board.set_links(nodes.links());
}

}  // namespace

void attach_chips(core::Board& board, const Options& options, gpio::ChipNodes& nodes,
                  gpio::EdgeSource& edges) {
  if (options.simulated.empty()) {
    attach_kernel_chips(board, nodes);
  } else {
    attach_simulated_chips(board, options.simulated, edges);
  }
  for (const auto& [id, chip] : board.chips().all()) {
    spdlog::info("chip {} ({}): {} lines", chip->info().name, chip->info().label,
                 chip->info().line_count);
  }
  if (board.chips().all().empty() && nodes.unopened().empty()) {
    spdlog::warn("{}; load its driver, or try the broker with --simulate 54", kNoChip);
  }
}

}  // namespace gpiobroker::app
