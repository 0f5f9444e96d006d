// SPDX-License-Identifier: GPL-2.0-or-later
// What is done with direct leases while they last.
#include "core/broker/direct.h"

#include "unit/broker/direct_fixture.h"

namespace gpiobroker::test {
namespace {

class ADirectLeaseWhileItLasts : public DirectTest {
 protected:
  core::Result<void> start_edges(LeaseId lease) {
    const auto edges = broker_.line_io().start_edges(kAlice, lease, now_);
    return edges ? core::Result<void>{} : core::Refused(edges.error());
  }

  core::Result<void> reconfigure(LeaseId lease, const Specs& lines,
                                 const core::SettingsChange& change) {
    return broker_.line_io().reconfigure(kAlice, lease, {lines, change}, now_);
  }
};

TEST_F(ADirectLeaseWhileItLasts, IsOpenedByAKernelRequestForEachChip) {
  const LeaseId id = acquire(kAlice, {"EXP3", "GPIO27", "gpiochip0:17"}).value();
  const auto opened = broker_.direct().open(kAlice, id);
  ASSERT_THAT(opened, Succeeds());
  ASSERT_EQ(opened->size(), 2U);
  EXPECT_THAT(opened->at(0).lines, ElementsAre("GPIO27", "gpiochip0:17"));
  EXPECT_THAT(opened->at(1).lines, ElementsAre("EXP3"));
  EXPECT_TRUE(broker_.direct().is_awaited(kAlice.name));
}

TEST_F(ADirectLeaseWhileItLasts, NamesNoLineThatWasReleased) {
  const LeaseId id = acquire(kAlice, {"GPIO17", "GPIO27"}).value();
  release(kAlice, id, {"GPIO17"});
  const auto opened = broker_.direct().open(kAlice, id);
  ASSERT_THAT(opened, Succeeds());
  EXPECT_THAT(opened->front().lines, ElementsAre("", "GPIO27"));
}

TEST_F(ADirectLeaseWhileItLasts, IsWrittenDownAndWatchedBeforeAnybodyIsGivenADescriptor) {
  const LeaseId id = acquire(kAlice, {"GPIO17"}).value();
  EXPECT_THAT(ledger_.written.handed_out, IsEmpty());
  (void)record();
  EXPECT_THAT(broker_.direct().open(kAlice, id), Succeeds());
  EXPECT_THAT(record(), ElementsAre("ledger of 1", "hand out GPIO17"));
  EXPECT_THAT(ledger_.written.handed_out, ElementsAre(kGpio17));
  EXPECT_TRUE(pi_.is_watched_apart(kGpio17.offset));
}

TEST_F(ADirectLeaseWhileItLasts, IsNotOpenedIfItWasNotAskedFor) {
  const LeaseId id = acquire_plainly(kAlice, {"GPIO17"}).value();
  EXPECT_THAT(broker_.direct().open(kAlice, id), RefusedFor(Reason::not_direct, "\"direct\""));
}

TEST_F(ADirectLeaseWhileItLasts, IsNotOpenedByAnybodyElse) {
  const LeaseId id = acquire(kAlice, {"GPIO17"}).value();
  EXPECT_THAT(broker_.direct().open(kBob, id), RefusedFor(Reason::no_such_lease));
  EXPECT_THAT(broker_.direct().let_go(kAlice, id, now_), RefusedFor(Reason::no_such_lease));
}

class ADirectLeaseThatIsNotOpened : public DirectTest {
 protected:
  void expect_nothing_changed(LeaseId id) {
    EXPECT_THAT(broker_.outstanding().all(), IsEmpty());
    EXPECT_FALSE(broker_.direct().is_awaited(kAlice.name));
    EXPECT_FALSE(broker_.leases().find(id)->opened);
    for (const LineId line : {kGpio17, kExp3}) {
      EXPECT_FALSE(fake(line).is_watched_apart(line.offset));
    }
  }
};

TEST_F(ADirectLeaseThatIsNotOpened, SinceTheLedgerCannotBeWrittenIsAsItWas) {
  const LeaseId id = acquire(kAlice, {"GPIO17", "EXP3"}).value();
  ledger_.full = true;
  EXPECT_THAT(broker_.direct().open(kAlice, id), RefusedFor(Reason::not_recorded));
  expect_nothing_changed(id);
  EXPECT_THAT(ledger_.written.handed_out, IsEmpty());
  ledger_.full = false;
  EXPECT_THAT(broker_.direct().open(kAlice, id), Succeeds());
}

TEST_F(ADirectLeaseThatIsNotOpened, SinceAChipRefusesIsAsItWas) {
  const LeaseId id = acquire(kAlice, {"GPIO17", "EXP3"}).value();
  expander_.faults().fail_line(Operation::hand_out, kExp3.offset, Reason::hardware_failure);
  EXPECT_THAT(broker_.direct().open(kAlice, id), RefusedFor(Reason::hardware_failure));
  expect_nothing_changed(id);
}

TEST_F(ADirectLeaseWhileItLasts, StaysOpenWhereItIsNotOpenedOnceMore) {
  const LeaseId id = open(kAlice, {"GPIO17"});
  pi_.faults().fail_line(Operation::hand_out, kGpio17.offset, Reason::hardware_failure);
  EXPECT_THAT(broker_.direct().open(kAlice, id), RefusedFor(Reason::hardware_failure));
  EXPECT_TRUE(pi_.is_watched_apart(kGpio17.offset));
  EXPECT_TRUE(broker_.direct().is_awaited(kAlice.name));
}

TEST_F(ADirectLeaseWhileItLasts, HasItsEdgesReadByItsHolderOnceItIsOpen) {
  const LineSettings both_edges{.direction = core::Direction::input, .edge = core::Edge::both};
  const LeaseId id = acquire(kAlice, {"GPIO17"}, both_edges).value();
  EXPECT_THAT(start_edges(id), Succeeds());
  EXPECT_THAT(broker_.direct().open(kAlice, id), Succeeds());
  EXPECT_THAT(start_edges(id), RefusedFor(Reason::opened_directly));
  EXPECT_THAT(broker_.edges().check_told(id), RefusedFor(Reason::opened_directly));
  EXPECT_TRUE(broker_.is_without_edges(kGpio17));
}

TEST_F(ADirectLeaseWhileItLasts, IsNotOfferedOnceItIsOpen) {
  const LeaseId id = acquire(kAlice, {"GPIO17"}).value();
  EXPECT_THAT(broker_.transfer().offer(kAlice, id, kBob.name), Succeeds());
  EXPECT_THAT(broker_.direct().open(kAlice, id), Succeeds());
  EXPECT_THAT(broker_.transfer().accept(kBob, id, now_), RefusedFor(Reason::no_such_lease))
      << "who opened it has a duplicate";
  EXPECT_THAT(broker_.transfer().offer(kAlice, id, kBob.name), RefusedFor(Reason::opened_directly));
}

TEST_F(ADirectLeaseWhileItLasts, KeepsTheLevelsThatItsHolderDroveWhenSomeLinesAreReconfigured) {
  const LeaseId id = open(kAlice, {"GPIO17", "GPIO27", "EXP3"});
  for (const LineId line : {kGpio17, kGpio27, kExp3}) {
    EXPECT_THAT(duplicate(line).set(line.offset, Value::inactive), Succeeds());
  }
  EXPECT_THAT(reconfigure(id, {"GPIO27"}, {.drive = core::Drive::open_drain}), Succeeds());
  EXPECT_FALSE(pin(kGpio17).high) << "a line that was not named";
  EXPECT_FALSE(pin(kGpio27).high) << "the line that was named";
  EXPECT_FALSE(pin(kExp3).high) << "a line of another request";
  EXPECT_EQ(broker_.held().applied(kGpio27).value, Value::inactive);
}

TEST_F(ADirectLeaseWhileItLasts, ShowsWhatItsHolderMakesOfIt) {
  const LeaseId id = open(kAlice, {"GPIO17"});
  const LineSettings pulled_up{.direction = core::Direction::input, .bias = core::Bias::pull_up};
  EXPECT_THAT(duplicate(kGpio17).configure(kGpio17.offset, pulled_up), Succeeds());
  EXPECT_THAT(hear().lines, ElementsAre(kGpio17));
  EXPECT_EQ(broker_.held().applied(kGpio17).direction, core::Direction::input);
  EXPECT_EQ(broker_.held().applied(kGpio17).bias, core::Bias::pull_up);
  EXPECT_THAT(reconfigure(id, {}, {.edge = core::Edge::rising}), Succeeds());
  EXPECT_EQ(pin(kGpio17).pull, core::Bias::pull_up);
}

TEST_F(ADirectLeaseWhileItLasts, LeavesItsReleasedLinesToNobodyBeforeItIsOver) {
  const LeaseId id = open(kAlice, {"GPIO17", "GPIO27"});
  release(kAlice, id, {"GPIO27"});
  EXPECT_FALSE(pin(kGpio27).driven);
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_THAT(acquire_plainly(kBob, {"GPIO27"}), RefusedFor(Reason::busy, "direct lease"));
  EXPECT_THAT(acquire(kAlice, {"GPIO27"}), RefusedFor(Reason::busy, "direct lease"));
}

TEST_F(ADirectLeaseWhileItLasts, HasItsReleasedLinesResetAgainWhenTheyAreConfigured) {
  const LeaseId id = open(kAlice, {"GPIO17", "GPIO27"});
  release(kAlice, id, {"GPIO27"});
  EXPECT_THAT(duplicate(kGpio27).set(kGpio27.offset, Value::active),
              RefusedFor(Reason::unsupported));
  EXPECT_THAT(duplicate(kGpio27).configure(kGpio27.offset, kHigh), Succeeds());
  EXPECT_THAT(hear().undone, ElementsAre(kGpio27));
  EXPECT_FALSE(pin(kGpio27).driven);
  EXPECT_TRUE(pin(kGpio17).driven);
}

}  // namespace
}  // namespace gpiobroker::test
