// SPDX-License-Identifier: GPL-2.0-or-later
// Locks the folder, reads the ledger, and resets what it names.
#include "app/state.h"

#include <chrono>
#include <cstdlib>
#include <string>

#include <spdlog/spdlog.h>

#include "app/startup_error.h"

namespace gpiobroker::app {
namespace {

ledger::FolderLock lock(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw StartupError("cannot make " + folder.string() + " (" + error.message() +
                       "): run as root, or name another folder with --state");
  }
  auto lock = ledger::FolderLock::take(folder);
  if (!lock) throw StartupError(lock.error().message);
  return std::move(*lock);
}

/// Higher than any id that counting up from one can have come to: of use where the count is lost.
core::LeaseId fresh_lease() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count();
  return {static_cast<std::uint64_t>(seconds) << 20U};
}

void log_sweep(const core::Broker& broker, const core::Sweep& sweep) {
  const core::ChipSet& chips = broker.board().chips();
  for (const core::LineId line : sweep.reset) {
    spdlog::warn("line {} was left behind by a broker that died; it is reset",
                 chips.describe(line));
  }
  for (const core::LineId line : sweep.kept) {
    spdlog::info("line {} was left behind and is kept as it is", chips.describe(line));
  }
  for (const core::UnsweptLine& each : sweep.unswept) {
    spdlog::warn("a line that was left behind is not reset{}: {}",
                 broker.quarantine().find(each.line) == nullptr
                     ? ""
                     : ", and stays in the ledger, since it may still be driven",
                 each.why.message);
  }
  for (const core::FailedReset& each : sweep.stuck) {
    spdlog::error("line {} was left behind, could not be reset and is in quarantine: {}",
                  chips.describe(each.line), each.why);
  }
}

}  // namespace

std::filesystem::path default_state_folder() {
  const char* folder = std::getenv("RUNTIME_DIRECTORY");
  return folder != nullptr && *folder != '\0' ? folder : "/run/gpiobroker";
}

State::State(const core::Board& board, const std::filesystem::path& folder)
    : lock_(lock(folder)), ledger_(board, folder), leftover_(ledger_.read(fresh_lease())) {}

void State::sweep(core::Broker& broker, core::Instant now) const {
  for (const std::string& words : leftover_.lost) spdlog::error("{}", words);
  core::SafeStates lines;
  for (const auto& [line, state] : leftover_.content.lines) lines.set(line, state);
  log_sweep(broker, broker.startup_sweep().sweep(lines, now));
}

}  // namespace gpiobroker::app
