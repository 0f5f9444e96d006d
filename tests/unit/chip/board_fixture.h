// SPDX-License-Identifier: GPL-2.0-or-later
// A board with a Raspberry Pi 4's chip and an expander, both fakes with one record.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/chip/board.h"
#include "support/fake_chip.h"
#include "unit/refusals.h"

namespace gpiobroker::test {

using core::LineId;
using core::LineSettings;
using core::Offset;
using core::Reason;
using core::Value;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

using Entries = std::vector<std::string>;

inline constexpr LineId kGpio4{core::ChipId{0}, Offset{4}};
inline constexpr LineId kGpio17{core::ChipId{0}, Offset{17}};
inline constexpr LineId kGpio22{core::ChipId{0}, Offset{22}};
inline constexpr LineId kGpio27{core::ChipId{0}, Offset{27}};
inline constexpr LineId kExp3{core::ChipId{1}, Offset{3}};

inline constexpr LineSettings kInput{.direction = core::Direction::input};
inline constexpr LineSettings kHigh{.direction = core::Direction::output, .value = Value::active};
inline constexpr LineSettings kLow{.direction = core::Direction::output, .value = Value::inactive};

class BoardTest : public testing::Test {
 protected:
  BoardTest();

  [[nodiscard]] FakeChip& fake(LineId line) { return line.chip == kGpio17.chip ? pi_ : expander_; }
  [[nodiscard]] core::PinState pin(LineId line) { return fake(line).pin(line.offset); }
  [[nodiscard]] core::LineInfo info(LineId line) { return fake(line).line(line.offset); }

  /// Whether a pin neither drives nor pulls.
  [[nodiscard]] bool is_safe(LineId line);

  /// What was done since the last call.
  Entries record();

  /// What was changed since the last call: record() without info and get.
  Entries changes();

  std::shared_ptr<FakeRecord> record_ = std::make_shared<FakeRecord>();
  FakeChip pi_{raspberry_pi_info(), record_};
  FakeChip expander_{expander_info(), record_};
  core::Board board_;
};

}  // namespace gpiobroker::test
