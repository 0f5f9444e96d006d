// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps what outlives the broker: a folder with its lock and its ledger.
#pragma once

#include <filesystem>

#include "core/broker/broker.h"
#include "ledger/board_ledger.h"
#include "ledger/folder_lock.h"

namespace gpiobroker::app {

/// Where systemd says ($RUNTIME_DIRECTORY, systemd.exec(5)), else /run/gpiobroker.
[[nodiscard]] std::filesystem::path default_state_folder();

/// Belongs to one process at a time. The board, with its chips attached, outlives it.
class State {
 public:
  /// Makes the folder if there is none, locks it, and reads the ledger. Throws StartupError.
  State(const core::Board& board, const std::filesystem::path& folder);

  [[nodiscard]] core::LedgerStore& ledger() { return ledger_; }
  [[nodiscard]] const core::LedgerContent& leftover() const { return leftover_.content; }

  /// Whether each line of the ledger was found again.
  [[nodiscard]] bool found_all() const { return leftover_.lost.empty(); }

  /// Resets what the ledger says a dead broker left behind, and logs what comes of it.
  void sweep(core::Broker& broker, core::Instant now) const;

 private:
  ledger::FolderLock lock_;
  ledger::BoardLedger ledger_;
  ledger::LedgerLeftover leftover_;
};

}  // namespace gpiobroker::app
