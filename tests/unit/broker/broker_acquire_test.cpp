// SPDX-License-Identifier: GPL-2.0-or-later
// Who gets a lease, with what, and why not.
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

class ABrokerAskedForALease : public BrokerTest {};

TEST_F(ABrokerAskedForALease, GrantsLinesWithTheirSettingsApplied) {
  const auto id = acquire(kAlice, {"GPIO17", "EXP3"}, kHigh);
  ASSERT_THAT(id, Succeeds());
  EXPECT_TRUE(pin(kGpio17).driven && pin(kGpio17).high);
  EXPECT_TRUE(pin(kExp3).driven && pin(kExp3).high);
}

TEST_F(ABrokerAskedForALease, NotesWhoHasWhatUnderWhichName) {
  const LeaseId id = lease(kAlice, {"J8:11", "EXP3"});
  const core::Lease* granted = broker_.leases().find(id);
  ASSERT_NE(granted, nullptr);
  EXPECT_EQ(granted->holder.name, kAlice.name);
  EXPECT_EQ(granted->holder.pid, kAlice.pid);
  EXPECT_THAT(lines_of(id), ElementsAre("J8:11", "EXP3"));
  EXPECT_EQ(granted->lines.at(0).id, kGpio17);
  EXPECT_EQ(granted->lines.at(0).settings, kHigh);
  EXPECT_EQ(broker_.leases().of_line(kExp3), granted);
}

TEST_F(ABrokerAskedForALease, AppliesSettingsLineByLine) {
  const auto id = broker_.acquire(
      kAlice, {.lines = {{"GPIO17", kHigh}, {"GPIO4", kInput}}, .consumer = ""}, kNow);
  ASSERT_THAT(id, Succeeds());
  EXPECT_EQ(info(kGpio17).settings.direction, core::Direction::output);
  EXPECT_EQ(info(kGpio4).settings.direction, core::Direction::input);
}

TEST_F(ABrokerAskedForALease, LabelsTheLinesForTheKernel) {
  broker_.acquire(kAlice, {.lines = {{"GPIO17", kInput}}, .consumer = "my fan"}, kNow).value();
  lease(kBob, {"GPIO27"});
  EXPECT_EQ(info(kGpio17).consumer, "my fan");
  EXPECT_EQ(info(kGpio27).consumer, "gpiobroker:fan");
}

TEST_F(ABrokerAskedForALease, CountsIdsUpAndUsesNoneTwice) {
  EXPECT_EQ(lease(kAlice, {"GPIO17"}), LeaseId{1});
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_EQ(lease(kAlice, {"GPIO17"}), LeaseId{2});
}

TEST_F(ABrokerAskedForALease, GrantsOneClientSeveralLeases) {
  const LeaseId one = lease(kAlice, {"GPIO17"});
  const LeaseId other = lease(kAlice, {"GPIO27"});
  EXPECT_NE(one, other);
  EXPECT_THAT(broker_.leases().of_holder(kAlice.name), ElementsAre(one, other));
}

TEST_F(ABrokerAskedForALease, NamesTheHolderOfALineThatIsBusy) {
  const LeaseId id = lease(kBob, {"GPIO17"});
  EXPECT_THAT(acquire(kAlice, {"GPIO4", "J8:11"}, kHigh),
              RefusedFor(Reason::busy,
                         "gpiochip0:17 'GPIO17' is held by uid 1001, pid 22, command 'fan', unit "
                         "'fan.service', lease " +
                             std::to_string(id.value)));
}

TEST_F(ABrokerAskedForALease, DoesNotLeaseALineTwiceToTheSameClient) {
  lease(kAlice, {"GPIO17"});
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}, kHigh), RefusedFor(Reason::busy));
}

TEST_F(ABrokerAskedForALease, NamesWhoHasALineOutsideTheBroker) {
  pi_.use_from_outside(kGpio4.offset, "w1");
  EXPECT_THAT(acquire(kAlice, {"GPIO4"}, kHigh),
              RefusedFor(Reason::in_use, "'GPIO4' is in use outside the broker by 'w1'"));
}

TEST_F(ABrokerAskedForALease, TouchesNoChipIfItRefusesByItself) {
  lease(kBob, {"GPIO17"});
  record();
  EXPECT_THAT(acquire(kAlice, {}, kHigh), RefusedFor(Reason::no_lines));
  EXPECT_THAT(acquire(kAlice, {"GPIO4", "fan"}, kHigh), RefusedFor(Reason::no_such_line));
  EXPECT_THAT(acquire(kAlice, {"GPIO4", "BCM4"}, kHigh), RefusedFor(Reason::duplicate_line));
  EXPECT_THAT(acquire(kAlice, {"GPIO4", "GPIO17"}, kHigh), RefusedFor(Reason::busy));
  EXPECT_THAT(acquire(kAlice, {"GPIO4"}, {.bias = core::Bias::pull_up}),
              RefusedFor(Reason::invalid_setting));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(ABrokerAskedForALease, GrantsSixtyFourLinesOfAChipAndNoMore) {
  FakeChip large({.name = "gpiochip2", .label = "large", .path = "", .line_count = 128});
  board_.attach(large.attachable());
  Specs lines;
  for (int i = 0; i < 65; ++i) lines.push_back("gpiochip2:" + std::to_string(i));
  EXPECT_THAT(acquire(kAlice, lines, kInput),
              RefusedFor(Reason::too_many_lines, "gpiochip2: a lease takes at most 64"));
  lines.back() = "GPIO17";
  EXPECT_THAT(acquire(kAlice, lines, kInput), Succeeds());
}

TEST_F(ABrokerAskedForALease, KeepsNothingOfALeaseThatItCouldNotGrant) {
  expander_.faults().fail_nth(3);
  EXPECT_THAT(acquire(kAlice, {"GPIO17", "EXP3"}, kHigh), RefusedFor(Reason::hardware_failure));
  EXPECT_THAT(broker_.leases().all(), IsEmpty());
  EXPECT_THAT(broker_.quarantine().all(), IsEmpty());
  for (const LineId line : {kGpio17, kExp3}) {
    EXPECT_FALSE(pin(line).driven);
    EXPECT_FALSE(info(line).used);
  }
}

TEST_F(ABrokerAskedForALease, QuarantinesALineThatItCouldNotPutBack) {
  expander_.faults().fail_nth(3);
  pi_.faults().fail_from_nth(4);
  EXPECT_THAT(acquire(kAlice, {"GPIO17", "EXP3"}, kHigh), RefusedFor(Reason::hardware_failure));
  EXPECT_NE(broker_.quarantine().find(kGpio17), nullptr);
  const Instant due = broker_.next_retry().value();
  pi_.faults().mend();
  EXPECT_THAT(broker_.retry_resets(due).recovered, ElementsAre(kGpio17));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ABrokerAskedForALease, NeverForgetsALineItDroveWhicheverOperationsFail) {
  for (std::uint64_t n = 1; n <= 8; ++n) {
    for (std::uint64_t m = 1; m <= 16; ++m) {
      expander_.faults().fail_from_nth(n);
      pi_.faults().fail_from_nth(m);
      (void)acquire(kAlice, {"GPIO17", "EXP3", "GPIO27"}, kHigh);
      expander_.faults().mend();
      pi_.faults().mend();
      expect_nothing_forgotten({kGpio17, kGpio27, kExp3});
      broker_.goodbye(kAlice.name, kNow);
      broker_.retry_resets(kNow + std::chrono::hours(1));
      lease(kBob, {"GPIO17", "EXP3", "GPIO27"});
      broker_.goodbye(kBob.name, kNow);
      EXPECT_EQ(broker_.held().request_count(), 0U);
    }
  }
}

TEST_F(ABrokerAskedForALease, DoesNotSwitchOffWhatItOnlyTriedToTake) {
  pi_.stop_driving_on_release();
  pi_.leave(kGpio17.offset, kHigh);
  expander_.use_from_outside(kExp3.offset, "fan");
  EXPECT_THAT(acquire(kAlice, {"GPIO17", "EXP3"}, kLow), RefusedFor(Reason::in_use));
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_TRUE(pin(kGpio17).high);
}

}  // namespace
}  // namespace gpiobroker::test
