// SPDX-License-Identifier: GPL-2.0-or-later
// The core's ledger in a file: lines become names on the way out, and lines again on the way in.
#pragma once

#include <string>
#include <vector>

#include "core/chip/board.h"
#include "core/chip/ledger.h"
#include "ledger/file.h"

namespace gpiobroker::ledger {

/// What an earlier broker left behind.
struct LedgerLeftover {
  core::LedgerContent content;
  std::vector<std::string> lost;  ///< for a person: what it says that means nothing here, and so
                                  ///< may still be driven
};

class BoardLedger : public core::LedgerStore {
 public:
  /// The board outlives it.
  BoardLedger(const core::Board& board, const std::filesystem::path& folder)
      : board_(board), file_(folder) {}

  /// Reads the ledger. One that cannot be understood is set aside; lease ids then go on from
  /// `fresh_lease`, which must be higher than any that was given. Entries whose lines are not here
  /// stay in it, whatever is written later: until their lines are found again, by another reader,
  /// or are taken anew.
  [[nodiscard]] LedgerLeftover read(core::LeaseId fresh_lease);

  core::Result<void> write(const core::LedgerContent& content) override;

 private:
  [[nodiscard]] Entry entry_of(core::LineId line, const core::SafeState& safe) const;
  [[nodiscard]] std::vector<core::ChipId> chips_of(const Entry& entry) const;
  [[nodiscard]] core::Result<core::LineId> line_of(const Entry& entry) const;

  const core::Board& board_;
  File file_;
  std::vector<Entry> lost_;  // those whose lines are not here
};

}  // namespace gpiobroker::ledger
