// SPDX-License-Identifier: GPL-2.0-or-later
// Reads lines that the reader need not have leased.
#pragma once

#include <string>
#include <vector>

#include "core/broker/state.h"
#include "core/line/line_with_value.h"

namespace gpiobroker::core {

/// Reads a line through the request that the broker holds; a line that nobody holds it takes for
/// that moment. It gives the line back, unless the line is driven: what closing its request does to
/// a driven line is up to the driver, so the broker keeps it.
class LineReader {
 public:
  explicit LineReader(BrokerState& state) : state_(state) {}

  /// Levels on the wire of any lines, leased or not: not turned round by active-low, direction
  /// untouched. Refused: denied, also to who may not lease a line that nobody holds and that is an
  /// output, for the broker holds it from then on; in_use for a line that somebody outside the
  /// broker holds; serves_peripheral. None of the lines has been read then, nor touched.
  Result<std::vector<LineWithValue<std::string>>> read(const Client& client,
                                                       const std::vector<std::string>& specs);

  /// Whether a client may read a line that it has a right to. Refused: denied and
  /// serves_peripheral, as read().
  [[nodiscard]] Result<void> check(const Client& client, LineId line) const;

  /// The level on the wire of a line that may be read.
  [[nodiscard]] Result<Value> level(LineId line) const;

 private:
  [[nodiscard]] Result<void> check_it_may_be_kept(const Client& client, LineId line) const;
  [[nodiscard]] Result<Value> level_on_wire(LineId line) const;

  BrokerState& state_;
};

}  // namespace gpiobroker::core
