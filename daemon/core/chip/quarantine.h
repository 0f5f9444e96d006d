// SPDX-License-Identifier: GPL-2.0-or-later
// Lines whose reset failed: held back, and tried again until it works.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "core/line/line_id.h"

namespace gpiobroker::core {

/// Which lines, why, and when to try again: after 100 ms, then twice as long each time, at most
/// 30 s. Nothing is forgotten before a reset of it worked.
class Quarantine {
 public:
  struct Entry {
    std::string why;  ///< of the last attempt that failed
    unsigned attempts = 0;
    Instant due{0};  ///< of the next attempt
  };

  /// Notes a failed attempt, the first one or a further one.
  void note_failure(LineId line, std::string why, Instant now);

  /// Lets a line go whose reset worked.
  void free(LineId line) { entries_.erase(line); }

  /// Forgets the lines of a chip that is gone.
  void drop(ChipId chip) {
    std::erase_if(entries_, [&](const auto& entry) { return entry.first.chip == chip; });
  }

  [[nodiscard]] const Entry* find(LineId line) const;
  [[nodiscard]] const std::map<LineId, Entry>& all() const { return entries_; }
  [[nodiscard]] std::vector<LineId> due(Instant now) const;
  [[nodiscard]] std::optional<Instant> next_due() const;

 private:
  std::map<LineId, Entry> entries_;  // each line in quarantine: its history
};

}  // namespace gpiobroker::core
