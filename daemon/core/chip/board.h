// SPDX-License-Identifier: GPL-2.0-or-later
// The chips of this machine with the names of their lines.
#pragma once

#include <memory>

#include "core/chip/chip_set.h"
#include "core/chip/line_directory.h"

namespace gpiobroker::core {

/// Chips and directory, kept in step.
class Board {
 public:
  ChipId attach(std::unique_ptr<Chip> chip) {
    const ChipId id = chips_.attach(std::move(chip));
    directory_.add(id);
    return id;
  }

  /// The chip is gone, and nothing refers to its lines any more.
  void detach(ChipId id) {
    directory_.remove(id);
    chips_.detach(id);
  }

  void set_aliases(Aliases aliases) { directory_.set_aliases(std::move(aliases)); }

  void set_links(ChipLinks links) { directory_.set_links(std::move(links)); }

  [[nodiscard]] ChipSet& chips() { return chips_; }
  [[nodiscard]] const ChipSet& chips() const { return chips_; }
  [[nodiscard]] const LineDirectory& directory() const { return directory_; }

 private:
  ChipSet chips_;
  LineDirectory directory_{chips_};
};

}  // namespace gpiobroker::core
