// SPDX-License-Identifier: GPL-2.0-or-later
// Which kernel requests there are, what is in them, and that neighbours are left in peace.
#include "core/chip/held_lines.h"

#include "unit/chip/board_fixture.h"

namespace gpiobroker::test {
namespace {

class HeldLinesTest : public BoardTest {
 protected:
  void take(const std::vector<LineId>& lines) {
    ASSERT_THAT(held_.take(lines, "test"), Succeeds());
  }

  void configure(const std::vector<core::LineWithSettings<core::LineId>>& settings) {
    ASSERT_THAT(held_.configure(settings), Succeeds());
  }

  void give_back(const std::vector<LineId>& lines) { held_.give_back(lines); }

  core::HeldLines held_{board_.chips()};
};

using HeldLines = HeldLinesTest;

TEST_F(HeldLines, TakesALeaseOfOneChipInOneRequest) {
  take({kGpio17, kGpio4});
  EXPECT_THAT(record(), ElementsAre("request GPIO17 GPIO4"));
  EXPECT_EQ(held_.request_count(), 1U);
  EXPECT_EQ(info(kGpio4).consumer, "test");
}

TEST_F(HeldLines, TakesARequestPerChip) {
  take({kGpio17, kExp3, kGpio4});
  EXPECT_THAT(record(), ElementsAre("request GPIO17 GPIO4", "request EXP3"));
}

TEST_F(HeldLines, TakesNothingIfOneChipRefuses) {
  expander_.use_from_outside(kExp3.offset, "fan");
  EXPECT_THAT(held_.take(std::vector{kGpio17, kExp3}, "test"), RefusedFor(Reason::in_use, "'fan'"));
  EXPECT_THAT(changes(), ElementsAre("request GPIO17", "request EXP3 fails", "close GPIO17"));
  EXPECT_FALSE(held_.holds(kGpio17));
  EXPECT_EQ(held_.request_count(), 0U);
}

TEST_F(HeldLines, ConfiguresALineWithoutTouchingItsNeighbourAsFarAsThePinGoes) {
  take({kGpio17, kGpio27});
  configure({{kGpio17, kHigh}, {kGpio27, kHigh}});
  ASSERT_THAT(held_.set(std::vector<core::LineWithValue<core::LineId>>{{kGpio17, Value::inactive}}),
              Succeeds());
  record();
  configure({{kGpio27, core::kSafeInput}});
  EXPECT_THAT(record(), ElementsAre("configure GPIO17 output=0, GPIO27 safe"));
  EXPECT_FALSE(pin(kGpio17).high);
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(HeldLines, ConfiguresALineAloneWhateverItsNeighboursDo) {
  take({kGpio17, kGpio27});
  configure({{kGpio17, kHigh}});
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  record();
  EXPECT_THAT(held_.configure_alone(kGpio27, kHigh), Succeeds());
  EXPECT_THAT(record(), ElementsAre("configure GPIO17 as-is, GPIO27 output=1"));
}

TEST_F(HeldLines, RemembersWhatWasAppliedAndDriven) {
  take({kGpio17});
  EXPECT_EQ(held_.applied(kGpio17), LineSettings{});
  configure({{kGpio17, kHigh}});
  EXPECT_EQ(held_.applied(kGpio17), kHigh);
  ASSERT_THAT(held_.set(std::vector<core::LineWithValue<core::LineId>>{{kGpio17, Value::inactive}}),
              Succeeds());
  EXPECT_EQ(held_.applied(kGpio17), kLow);
}

TEST_F(HeldLines, RemembersNothingThatFailed) {
  take({kGpio17});
  configure({{kGpio17, kLow}});
  pi_.faults().fail_line(kGpio17.offset, Reason::hardware_failure);
  EXPECT_THAT(held_.configure(std::vector<core::LineWithSettings<core::LineId>>{{kGpio17, kHigh}}),
              RefusedFor(Reason::hardware_failure));
  EXPECT_THAT(held_.set(std::vector<core::LineWithValue<core::LineId>>{{kGpio17, Value::active}}),
              RefusedFor(Reason::hardware_failure));
  EXPECT_EQ(held_.applied(kGpio17), kLow);
}

TEST_F(HeldLines, KeepAPartedLineIdleInItsRequest) {
  take({kGpio17, kGpio27});
  record();
  give_back({kGpio17});
  EXPECT_THAT(record(), IsEmpty());
  EXPECT_TRUE(held_.holds(kGpio17));
  EXPECT_FALSE(held_.in_use(kGpio17));
  EXPECT_TRUE(info(kGpio17).used);
}

TEST_F(HeldLines, TakeAPartedLineAgainFromItsRequest) {
  take({kGpio17, kGpio27});
  give_back({kGpio17});
  record();
  take({kGpio17});
  EXPECT_THAT(record(), IsEmpty());
  EXPECT_TRUE(held_.in_use(kGpio17));
}

TEST_F(HeldLines, TakeIdleLinesAndNewOnesTogether) {
  take({kGpio17, kGpio27});
  give_back({kGpio17});
  record();
  take({kGpio4, kGpio17});
  EXPECT_THAT(record(), ElementsAre("request GPIO4"));
  configure({{kGpio4, kHigh}, {kGpio17, kHigh}});
  EXPECT_THAT(record(),
              ElementsAre("configure GPIO17 output=1, GPIO27 as-is", "configure GPIO4 output=1"));
}

TEST_F(HeldLines, LeaveAnIdleLineIdleIfAnotherCannotBeHad) {
  take({kGpio17, kGpio27});
  give_back({kGpio17});
  pi_.use_from_outside(kGpio4.offset, "w1");
  EXPECT_THAT(held_.take(std::vector{kGpio17, kGpio4}, "test"), RefusedFor(Reason::in_use));
  EXPECT_TRUE(held_.holds(kGpio17));
  EXPECT_FALSE(held_.in_use(kGpio17));
}

TEST_F(HeldLines, CloseARequestWithItsLastLineInUse) {
  take({kGpio17, kGpio27});
  give_back({kGpio27});
  record();
  give_back({kGpio17});
  EXPECT_THAT(record(), ElementsAre("close GPIO17 GPIO27"));
  EXPECT_FALSE(held_.holds(kGpio27));
  EXPECT_EQ(held_.request_count(), 0U);
}

TEST_F(HeldLines, KeepARequestOpenForAnOutputThatWasOnlyLookedAt) {
  pi_.leave(kGpio17.offset, kHigh);
  take({kGpio17, kGpio27});
  record();
  held_.give_back_as_found(std::vector{kGpio17, kGpio27});
  EXPECT_THAT(changes(), IsEmpty());
  take({kGpio17});
  give_back({kGpio17});
  EXPECT_THAT(changes(), ElementsAre("close GPIO17 GPIO27"));
}

TEST_F(HeldLines, CloseTheRequestOfAnInputThatWasOnlyLookedAt) {
  take({kGpio17});
  record();
  held_.give_back_as_found(std::vector{kGpio17});
  EXPECT_THAT(changes(), ElementsAre("close GPIO17"));
}

TEST_F(HeldLines, LeaveAnOutputThatWasOnlyLookedAtAloneIfAnotherCannotBeHad) {
  pi_.leave(kGpio17.offset, kHigh);
  take({kGpio17});
  held_.give_back_as_found(std::vector{kGpio17});
  pi_.use_from_outside(kGpio4.offset, "w1");
  record();
  EXPECT_THAT(held_.take(std::vector{kGpio17, kGpio4}, "test"), RefusedFor(Reason::in_use));
  EXPECT_THAT(changes(), ElementsAre("request GPIO4 fails"));
  EXPECT_TRUE(held_.holds(kGpio17));
}

TEST_F(HeldLines, ReadOnceARequestAndAnswerInTheOrderAsked) {
  take({kGpio17, kExp3, kGpio27});
  pi_.drive(kGpio27.offset, true);
  expander_.drive(kExp3.offset, true);
  record();
  const auto levels = held_.get(std::vector{kGpio27, kExp3, kGpio17});
  ASSERT_THAT(levels, Succeeds());
  EXPECT_THAT(*levels, ElementsAre(Value::active, Value::active, Value::inactive));
  EXPECT_THAT(record(), ElementsAre("get GPIO27 GPIO17", "get EXP3"));
}

TEST_F(HeldLines, DriveLinesOnceARequest) {
  take({kGpio17, kExp3, kGpio27});
  configure({{kGpio17, kLow}, {kGpio27, kLow}, {kExp3, kLow}});
  record();
  ASSERT_THAT(held_.set(std::vector<core::LineWithValue<core::LineId>>{
                  {kGpio27, Value::active}, {kExp3, Value::active}, {kGpio17, Value::active}}),
              Succeeds());
  EXPECT_THAT(record(), ElementsAre("set GPIO27=1 GPIO17=1", "set EXP3=1"));
}

TEST_F(HeldLines, GroupLinesByTheirRequests) {
  take({kGpio17, kExp3, kGpio27});
  take({kGpio4});
  EXPECT_THAT(held_.by_request(std::vector{kGpio4, kGpio27, kExp3, kGpio17}),
              ElementsAre(ElementsAre(kGpio27, kGpio17), ElementsAre(kExp3), ElementsAre(kGpio4)));
}

}  // namespace
}  // namespace gpiobroker::test
