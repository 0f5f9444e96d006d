// SPDX-License-Identifier: GPL-2.0-or-later
// Reconfigure, verify, and only then give back; one line that fails holds up no other.
#include "core/chip/reset.h"

#include "support/must.h"
#include "unit/chip/board_fixture.h"

namespace gpiobroker::test {
namespace {

class AReset : public BoardTest {
 protected:
  void hold(const std::vector<core::LineWithSettings<core::LineId>>& lines) {
    std::vector<LineId> ids;
    for (const auto& [line, settings] : lines) ids.push_back(line);
    must(held_.take(ids, "test"));
    must(held_.configure(lines));
    record();
  }

  std::vector<core::FailedReset> reset(const std::vector<LineId>& lines) {
    return core::reset(held_, states_, lines);
  }

  core::HeldLines held_{board_.chips()};
  core::SafeStates states_;
};

TEST_F(AReset, ConfiguresThenVerifiesThenLeavesClosingToTheCaller) {
  hold({{kGpio17, kHigh}, {kGpio27, kHigh}});
  EXPECT_THAT(reset({kGpio17, kGpio27}), IsEmpty());
  EXPECT_THAT(record(),
              ElementsAre("configure GPIO17 safe, GPIO27 safe", "info GPIO17", "info GPIO27"));
}

TEST_F(AReset, MakesEveryKindOfLineSafe) {
  hold({{kGpio4,
         {.direction = core::Direction::input,
          .edge = core::Edge::both,
          .bias = core::Bias::pull_up,
          .active_low = true,
          .debounce = std::chrono::microseconds(50)}},
        {kGpio17, kHigh},
        {kGpio27, {.direction = core::Direction::output, .drive = core::Drive::open_drain}}});
  EXPECT_THAT(reset({kGpio4, kGpio17, kGpio27}), IsEmpty());
  for (const LineId line : {kGpio4, kGpio17, kGpio27}) {
    EXPECT_TRUE(is_safe(line));
    EXPECT_EQ(info(line).settings, core::kSafeInput);
  }
}

TEST_F(AReset, ResetsALineThatNobodyConfigured) {
  must(held_.take(std::vector{kGpio17}, "test"));
  EXPECT_THAT(reset({kGpio17}), IsEmpty());
  EXPECT_EQ(info(kGpio17).settings, core::kSafeInput);
}

TEST_F(AReset, TouchesNoOtherLineOfTheRequest) {
  hold({{kGpio17, kHigh}, {kGpio27, kHigh}});
  EXPECT_THAT(reset({kGpio27}), IsEmpty());
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_TRUE(is_safe(kGpio27));
}

TEST_F(AReset, GoesOnToTheNextLineWhereOneFails) {
  hold({{kGpio4, kHigh}, {kGpio17, kHigh}, {kGpio27, kHigh}, {kExp3, kHigh}});
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  const auto failed = reset({kGpio4, kGpio17, kGpio27, kExp3});
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed.front().line, kGpio17);
  EXPECT_THAT(failed.front().why, testing::HasSubstr("configure"));
  for (const LineId line : {kGpio4, kGpio27, kExp3}) EXPECT_TRUE(is_safe(line));
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(AReset, TriesAgainAloneWhatFailedInCompany) {
  hold({{kGpio17, kHigh}, {kGpio27, kHigh}});
  pi_.faults().fail_nth(1);
  EXPECT_THAT(reset({kGpio17, kGpio27}), IsEmpty());
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_TRUE(is_safe(kGpio27));
}

TEST_F(AReset, DoesNotBelieveAChipThatSaysItsLineIsStillAnOutput) {
  hold({{kGpio17, kHigh}});
  pi_.lie(kGpio17.offset, {.direction = core::Direction::output});
  const auto failed = reset({kGpio17});
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_THAT(failed.front().why, testing::HasSubstr("direction output"));
}

TEST_F(AReset, DoesNotBelieveAChipThatSaysItsLineStillPulls) {
  hold({{kGpio17, kHigh}});
  pi_.lie(kGpio17.offset, {.direction = core::Direction::input, .bias = core::Bias::pull_up});
  const auto failed = reset({kGpio17});
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_THAT(failed.front().why, testing::HasSubstr("bias pull-up"));
}

TEST_F(AReset, VerifiesEverySettingThatItSets) {
  LineSettings still = core::kSafeInput;
  const auto fails_with = [&](auto change) {
    still = core::kSafeInput;
    change(still);
    pi_.lie(kGpio17.offset, still);
    return reset({kGpio17}).size() == 1;
  };
  hold({{kGpio17, kHigh}});
  EXPECT_TRUE(fails_with([](LineSettings& s) { s.edge = core::Edge::rising; }));
  EXPECT_TRUE(fails_with([](LineSettings& s) { s.drive = core::Drive::open_drain; }));
  EXPECT_TRUE(fails_with([](LineSettings& s) { s.active_low = true; }));
  EXPECT_TRUE(fails_with([](LineSettings& s) { s.debounce = std::chrono::microseconds(1); }));
  EXPECT_TRUE(fails_with([](LineSettings& s) { s.bias = core::Bias::unknown; }));
  EXPECT_FALSE(fails_with([](LineSettings&) {}));
}

TEST_F(AReset, FailsWhereItCannotBeVerified) {
  hold({{kGpio17, kHigh}});
  pi_.faults().fail_line(Operation::info, kGpio17.offset, Reason::chip_gone);
  EXPECT_EQ(reset({kGpio17}).size(), 1U);
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(AReset, WorksWhicheverSingleOperationFails) {
  for (std::uint64_t n = 1; n <= 4; ++n) {
    hold({{kGpio17, kHigh}, {kGpio27, kHigh}});
    pi_.faults().fail_nth(n);
    EXPECT_THAT(reset({kGpio17, kGpio27}), IsEmpty()) << n;
    EXPECT_TRUE(is_safe(kGpio17));
    EXPECT_TRUE(is_safe(kGpio27));
    pi_.faults().mend();
    held_.give_back(std::vector{kGpio17, kGpio27});
  }
}

}  // namespace
}  // namespace gpiobroker::test
