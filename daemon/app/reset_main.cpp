// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker-reset: resets what a broker that is dead had in its hands. Needs no bus, and nothing
// of the broker but its ledger, so that it works where the broker cannot even start.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <thread>

#include <spdlog/spdlog.h>

#include "app/event_log.h"
#include "app/journal.h"
#include "app/reset_options.h"
#include "app/state.h"
#include "gpio/chip_nodes.h"

namespace gpiobroker::app {
namespace {

constexpr unsigned kMostAttempts = 5;  // with the quarantine's back-off, within 2 seconds

/// Lines wait behind this program, which ends by itself: neither the time limit of a service that
/// stops, nor Ctrl-C, nor a terminal or a pipe that is closed, ends it half way. SIGQUIT still
/// does.
void hold_off_signals_that_end() {
  sigset_t held;
  sigemptyset(&held);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE}) sigaddset(&held, signal);
  sigprocmask(SIG_BLOCK, &held, nullptr);
}

core::Instant now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

void attach_chips(core::Board& board) {
  gpio::ChipNodes::Changes found = gpio::ChipNodes().look();
  for (const gpio::UnopenedChip& chip : found.unopened) spdlog::error("{}", chip.why);
  for (const std::string& note : found.notes) spdlog::warn("{}", note);
  for (auto& chip : found.opened) board.attach(std::move(chip));
}

/// Whether every line is safe in the end.
bool retry_resets(core::Broker& broker) {
  EventLog log(broker);
  for (unsigned attempt = 1; broker.next_retry() && attempt < kMostAttempts; ++attempt) {
    std::this_thread::sleep_for(*broker.next_retry() - now());
    log.changed(broker.retry_resets(now()), now());
  }
  return broker.quarantine().all().empty();
}

int run(const std::filesystem::path& folder) {
  core::Board board;
  attach_chips(board);
  State state(board, folder);
  core::Broker broker(board, state.ledger(), state.leftover());
  state.sweep(broker, now());
  const bool safe = retry_resets(broker);
  return safe && state.found_all() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace gpiobroker::app

int main(int argc, char** argv) {
  using namespace gpiobroker::app;
  hold_off_signals_that_end();
  const std::filesystem::path folder = parse_reset_options(argc, argv);
  set_up_short_log();
  try {
    return run(folder);
  } catch (const std::exception& fault) {
    spdlog::critical("{}", fault.what());
    return EXIT_FAILURE;
  }
}
