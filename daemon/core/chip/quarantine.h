// SPDX-License-Identifier: GPL-2.0-or-later
// Lines that are held back: their reset failed, or somebody may still drive them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "core/line/line_id.h"

namespace gpiobroker::core {

/// Which lines, why, and when to try again: after 100 ms, then twice as long each time, at most
/// 30 s. Nothing is forgotten before a reset of it worked, and nobody else can drive it.
class Quarantine {
 public:
  enum class Cause { failed_reset, duplicate };

  struct Entry {
    std::string why;  ///< of the last attempt that failed; who may have a duplicate
    unsigned attempts = 0;
    std::optional<Instant> due;  ///< of the next attempt; none: what it waits for is told
    Cause cause = Cause::failed_reset;
    bool is_told = true;  ///< whether people are told of it yet
  };

  /// Notes a failed attempt, the first one or a further one.
  void note_failure(LineId line, std::string why, Instant now);

  /// Notes that a line is reset, but that somebody may have a duplicate of its request, and when to
  /// look again, if ever before what it waits for is told. It is not told of before that: who is
  /// about to end may have it.
  void hold_back(LineId line, std::string why, std::optional<Instant> until);

  /// The same is so still, after somebody looked.
  void note_still_held(LineId line, std::string why, Instant now);

  /// People are told of it now. Looked at again then, or when what it waits for is told.
  void note_told(LineId line, std::optional<Instant> due);

  /// A reset of it worked, and it waits on for something else: the next failure is the first one.
  void note_worked(LineId line);

  /// Lets a line go whose reset worked, and that nobody else can drive.
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
