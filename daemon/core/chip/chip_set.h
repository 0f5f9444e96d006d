// SPDX-License-Identifier: GPL-2.0-or-later
// The chips that are attached to the broker.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/chip/chip.h"

namespace gpiobroker::core {

/// Owns the chips. An id given by attach() is valid until detach().
class ChipSet {
 public:
  ChipId attach(std::unique_ptr<Chip> chip);
  void detach(ChipId id);

  [[nodiscard]] bool has(ChipId id) const { return chips_.contains(id); }
  [[nodiscard]] Chip& at(ChipId id) const { return *chips_.at(id); }
  [[nodiscard]] const std::map<ChipId, std::unique_ptr<Chip>>& all() const { return chips_; }

  /// What the kernel says of a line now.
  [[nodiscard]] Result<LineInfo> line_info(LineId line) const;

  /// Whether its chip is slow.
  [[nodiscard]] bool is_slow(LineId line) const { return at(line.chip).is_slow(); }

  /// How a line is called in messages: "gpiochip0:17 'GPIO17'", or without the name it lacks. Also
  /// for a line of a chip that was detached.
  [[nodiscard]] std::string describe(LineId line) const;

 private:
  [[nodiscard]] std::string name_of(LineId line) const;

  std::map<ChipId, std::unique_ptr<Chip>> chips_;  // every attached chip, by its id
  mutable std::map<LineId, std::string> names_;    // of lines that were described
  std::uint32_t next_id_ = 0;
};

}  // namespace gpiobroker::core
