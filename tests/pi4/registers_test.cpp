// SPDX-License-Identifier: GPL-2.0-or-later
// Which bits of which words are a pin's.
#include <gtest/gtest.h>

#include "pi4/registers.h"

namespace gpiobroker::test {
namespace {

TEST(TheRegisters, SayThatAPinIsAnInputWithoutAPullWhenAllBitsAreZero) {
  EXPECT_EQ(text(Registers{}.pin(57)), "input, pull none");
}

TEST(TheRegisters, HaveTenFunctionsThirtyTwoLevelsAndSixteenPullsAWord) {
  Registers registers;
  registers.function_select[4] = 0b001U << 21;
  registers.level[1] = 1U << 15;
  registers.pull[2] = 0b10U << 30;
  EXPECT_EQ(text(registers.pin(47)), "output at 1, pull down");
}

TEST(TheRegisters, KeepNeighboursApart) {
  Registers registers;
  registers.function_select[1] = 0b111U << 21;
  registers.pull[1] = 0b11U << 2;
  EXPECT_EQ(text(registers.pin(16)), "input, pull none");
  EXPECT_EQ(text(registers.pin(17)), "alternate function, pull reserved");
  EXPECT_EQ(text(registers.pin(18)), "input, pull none");
}

TEST(TheRegisters, TellAnOutputAtZeroFromAnInput) {
  Registers registers;
  registers.function_select[1] = 0b001U << 21;
  registers.pull[1] = 0b01U << 2;
  EXPECT_EQ(text(registers.pin(17)), "output at 0, pull up");
}

}  // namespace
}  // namespace gpiobroker::test
