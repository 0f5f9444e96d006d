// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of lines whose holder is gone, and of lines that cannot be reset.
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using namespace std::chrono_literals;

class ABrokerWhoseClientVanishes : public BrokerTest {
 protected:
  void jam(LineId line) {
    fake(line).faults().fail_line(Operation::configure, line.offset, Reason::hardware_failure);
  }
};

TEST_F(ABrokerWhoseClientVanishes, ResetsEveryLineOfIt) {
  lease(kAlice, {"GPIO17", "EXP3"});
  lease(kAlice, {"GPIO4"});
  const auto change = broker_.goodbye(kAlice.name, kNow);
  for (const LineId line : {kGpio17, kExp3, kGpio4}) {
    EXPECT_TRUE(is_safe(line));
    EXPECT_FALSE(info(line).used);
  }
  EXPECT_EQ(change.ended.size(), 2U);
  EXPECT_EQ(change.ended.front().reason, EndReason::holder_gone);
  EXPECT_THAT(change.lines, UnorderedElementsAre(kGpio17, kExp3, kGpio4));
}

TEST_F(ABrokerWhoseClientVanishes, TouchesNoLineOfAnother) {
  lease(kAlice, {"GPIO17"});
  const LeaseId other = lease(kBob, {"GPIO27"});
  record();
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(record(), ElementsAre("configure GPIO17 safe", "info GPIO17", "close GPIO17"));
  EXPECT_TRUE(pin(kGpio27).high);
  EXPECT_THAT(lines_of(other), ElementsAre("GPIO27"));
}

TEST_F(ABrokerWhoseClientVanishes, TouchesNothingIfItHeldNothing) {
  lease(kAlice, {"GPIO17"});
  record();
  const auto change = broker_.goodbye({":1.77"}, kNow);
  EXPECT_THAT(change.ended, IsEmpty());
  EXPECT_THAT(record(), IsEmpty());
}

TEST_F(ABrokerWhoseClientVanishes, TakesASecondGoodbyeForNothing) {
  lease(kAlice, {"GPIO17"});
  broker_.goodbye(kAlice.name, kNow);
  record();
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(record(), IsEmpty());
}

TEST_F(ABrokerWhoseClientVanishes, ResetsWhatIsLeftAfterAPartialRelease) {
  const LeaseId id = lease(kAlice, {"GPIO17", "GPIO27"});
  release(kAlice, id, {"GPIO17"});
  lease(kBob, {"GPIO17"});
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_TRUE(is_safe(kGpio27));
  EXPECT_TRUE(pin(kGpio17).high) << "the other's line";
  broker_.goodbye(kBob.name, kNow);
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_FALSE(info(kGpio27).used);
}

TEST_F(ABrokerWhoseClientVanishes, QuarantinesTheLineThatCannotBeResetAndNoOther) {
  lease(kAlice, {"GPIO4", "GPIO17", "GPIO27"});
  jam(kGpio17);
  const auto change = broker_.goodbye(kAlice.name, kNow);
  ASSERT_EQ(change.quarantined.size(), 1U);
  EXPECT_EQ(change.quarantined.front().line, kGpio17);
  EXPECT_EQ(change.ended.size(), 1U);
  EXPECT_NE(broker_.quarantine().find(kGpio17), nullptr);
  EXPECT_TRUE(is_safe(kGpio4) && is_safe(kGpio27));
  EXPECT_TRUE(info(kGpio17).used) << "held back";
}

TEST_F(ABrokerWhoseClientVanishes, QuarantinesALineThatIsNotWhatItShouldBe) {
  lease(kAlice, {"GPIO17"});
  pi_.lie(kGpio17.offset, {.direction = core::Direction::output});
  broker_.goodbye(kAlice.name, kNow);
  ASSERT_NE(broker_.quarantine().find(kGpio17), nullptr);
  EXPECT_THAT(broker_.quarantine().find(kGpio17)->why, testing::HasSubstr("direction output"));
}

TEST_F(ABrokerWhoseClientVanishes, GrantsNoLineInQuarantine) {
  lease(kAlice, {"GPIO17", "GPIO27"});
  jam(kGpio17);
  broker_.goodbye(kAlice.name, kNow);
  record();
  EXPECT_THAT(acquire(kBob, {"GPIO4", "GPIO17"}, kInput),
              RefusedFor(Reason::quarantined, "'GPIO17' could not be reset and is held back"));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(ABrokerWhoseClientVanishes, GrantsTheNeighboursOfALineInQuarantine) {
  lease(kAlice, {"GPIO17", "GPIO27"});
  jam(kGpio17);
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(acquire(kBob, {"GPIO27"}, kHigh), Succeeds());
  EXPECT_TRUE(pin(kGpio27).high);
}

TEST_F(ABrokerWhoseClientVanishes, NeverDrivesALineInQuarantineAgain) {
  lease(kAlice, {"GPIO17", "GPIO27"});
  jam(kGpio17);
  broker_.goodbye(kAlice.name, kNow);
  pi_.leave(kGpio17.offset, core::kSafeInput);  // the hardware came to its senses by itself
  pi_.faults().mend();
  lease(kBob, {"GPIO27"});
  EXPECT_FALSE(pin(kGpio17).driven);
}

TEST_F(ABrokerWhoseClientVanishes, TriesAgainWhenItIsDue) {
  lease(kAlice, {"GPIO17"});
  jam(kGpio17);
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_EQ(broker_.next_retry(), kNow + 100ms);
  record();
  broker_.retry_resets(kNow + 99ms);
  EXPECT_THAT(record(), IsEmpty());
  const auto change = broker_.retry_resets(kNow + 100ms);
  EXPECT_EQ(change.quarantined.size(), 1U);
  EXPECT_THAT(change.recovered, IsEmpty());
  EXPECT_EQ(broker_.next_retry(), kNow + 300ms);
}

TEST_F(ABrokerWhoseClientVanishes, LetsALineGoOnceItsResetWorked) {
  lease(kAlice, {"GPIO17"});
  jam(kGpio17);
  broker_.goodbye(kAlice.name, kNow);
  pi_.faults().mend();
  record();
  const auto change = broker_.retry_resets(kNow + 100ms);
  EXPECT_THAT(record(), ElementsAre("configure GPIO17 safe", "info GPIO17", "close GPIO17"));
  EXPECT_THAT(change.recovered, ElementsAre(kGpio17));
  EXPECT_FALSE(broker_.next_retry());
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_THAT(acquire(kBob, {"GPIO17"}, kHigh), Succeeds());
}

TEST_F(ABrokerWhoseClientVanishes, KeepsTheRequestOfALineInQuarantineUntilThen) {
  lease(kAlice, {"GPIO17", "GPIO27"});
  jam(kGpio17);
  broker_.goodbye(kAlice.name, kNow);
  pi_.faults().mend();
  lease(kBob, {"GPIO27"});
  broker_.goodbye(kBob.name, kNow);
  EXPECT_TRUE(info(kGpio17).used);
  broker_.retry_resets(kNow + 100ms);
  EXPECT_FALSE(info(kGpio17).used);
  EXPECT_FALSE(info(kGpio27).used);
}

TEST_F(ABrokerWhoseClientVanishes, NeverForgetsALineWhicheverOperationsFail) {
  const std::vector<LineId> lines{kGpio17, kGpio27, kExp3};
  for (std::uint64_t n = 1; n <= 12; ++n) {
    for (FakeChip* chip : {&pi_, &expander_}) {
      lease(kAlice, {"GPIO17", "GPIO27", "EXP3"});
      chip->faults().fail_from_nth(n);
      broker_.goodbye(kAlice.name, kNow);
      chip->faults().mend();
      EXPECT_THAT(broker_.leases().all(), IsEmpty());
      expect_nothing_forgotten(lines);
      broker_.retry_resets(kNow + 1h);
      EXPECT_THAT(broker_.quarantine().all(), IsEmpty());
      for (const LineId line : lines) EXPECT_TRUE(is_safe(line));
    }
  }
}

TEST_F(ABrokerWhoseClientVanishes, QuarantinesTheLinesOfAChipThatIsGone) {
  lease(kAlice, {"GPIO17", "EXP3"});
  expander_.remove();
  const auto change = broker_.goodbye(kAlice.name, kNow);
  EXPECT_TRUE(is_safe(kGpio17));
  ASSERT_EQ(change.quarantined.size(), 1U);
  EXPECT_EQ(change.quarantined.front().line, kExp3);
}

class ABrokerThatStops : public BrokerTest {};

TEST_F(ABrokerThatStops, EndsEveryLease) {
  lease(kAlice, {"GPIO17"});
  lease(kBob, {"EXP3"});
  const auto change = broker_.end_all(EndReason::shutdown, kNow);
  ASSERT_EQ(change.ended.size(), 2U);
  EXPECT_EQ(change.ended.at(1).reason, EndReason::shutdown);
  EXPECT_TRUE(is_safe(kGpio17) && is_safe(kExp3));
  EXPECT_EQ(broker_.held().request_count(), 0U);
}

TEST_F(ABrokerThatStops, HasAWordForEveryEnd) {
  EXPECT_STREQ(to_word(EndReason::released), "released");
  EXPECT_STREQ(to_word(EndReason::holder_gone), "holder-gone");
  EXPECT_STREQ(to_word(EndReason::bus_lost), "bus-lost");
  EXPECT_STREQ(to_word(EndReason::shutdown), "shutdown");
}

}  // namespace
}  // namespace gpiobroker::test
