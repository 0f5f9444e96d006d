// SPDX-License-Identifier: GPL-2.0-or-later
// Tells systemd and the bus what is wrong with the broker as a whole.
#pragma once

#include <string>
#include <vector>

#include "bus/service.h"
#include "core/chip/board.h"
#include "gpio/chip_nodes.h"

namespace gpiobroker::app {

inline constexpr const char* kNoChip =
    "the broker has no GPIO chip, and waits for one: there is no /dev/gpiochip*";

/// What is wrong with the chips, or that there are none: a sentence each.
[[nodiscard]] std::vector<std::string> problems_of_chips(const core::Board& board,
                                                         const gpio::ChipNodes& nodes);

class ProblemReport {
 public:
  /// Tells systemd the first of them in its status, and the bus all of them, or as many as fit into
  /// a message. Nothing is said twice in a row.
  void tell(std::vector<std::string> problems, bus::Service& service);

 private:
  void tell_status(std::string status);

  std::string status_;  // as systemd was told
};

}  // namespace gpiobroker::app
