// SPDX-License-Identifier: GPL-2.0-or-later
// Reading lines without a lease changes no line, whatever drives it and whoever has it.
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

class AReadWithoutALease : public BrokerTest {
 protected:
  /// Levels as "1 0", or the message of the refusal.
  std::string read(const Specs& lines, const Client& who = kAlice) {
    const auto values = access_.read_lines(who, lines);
    if (!values) return values.error().message;
    std::string words;
    for (const auto& each : *values) {
      words += words.empty() ? "" : " ";
      words += each.value == Value::active ? "1" : "0";
    }
    return words;
  }
};

TEST_F(AReadWithoutALease, TellsTheLevelsOfFreeLines) {
  pi_.drive(kGpio17.offset, true);
  EXPECT_EQ(read({"GPIO17", "GPIO4", "EXP3"}), "1 0 0");
  EXPECT_EQ(read({"GPIO4", "J8:11"}), "0 1");
}

TEST_F(AReadWithoutALease, GivesAnInputBackAtOnce) {
  read({"GPIO17"});
  EXPECT_THAT(changes(), ElementsAre("request GPIO17", "close GPIO17"));
  EXPECT_EQ(broker_.held().request_count(), 0U);
}

TEST_F(AReadWithoutALease, ShowsTheKernelWhoReads) {
  pi_.leave(kGpio17.offset, kHigh);
  read({"GPIO17"});
  EXPECT_EQ(info(kGpio17).consumer, "gpiobroker:read");
}

TEST_F(AReadWithoutALease, KeepsAnOutputSoThatItsDriverCannotSwitchItOff) {
  pi_.stop_driving_on_release();
  pi_.leave(kGpio17.offset, kHigh);
  EXPECT_EQ(read({"GPIO17"}), "1");
  EXPECT_EQ(read({"GPIO17"}), "1");
  EXPECT_TRUE(pin(kGpio17).driven && pin(kGpio17).high);
  EXPECT_THAT(changes(), ElementsAre("request GPIO17"));
}

TEST_F(AReadWithoutALease, LeavesAnOutputThatItKeepsFreeForALease) {
  pi_.leave(kGpio17.offset, kHigh);
  read({"GPIO17"});
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}, kLow), Succeeds());
  EXPECT_FALSE(pin(kGpio17).high);
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_FALSE(info(kGpio17).used);
}

TEST_F(AReadWithoutALease, KeepsAnOutputThroughALeaseThatFails) {
  pi_.stop_driving_on_release();
  pi_.leave(kGpio17.offset, kHigh);
  read({"GPIO17"});
  expander_.faults().fail_line(Operation::configure, kExp3.offset, Reason::unsupported);
  EXPECT_THAT(acquire(kAlice, {"GPIO17", "EXP3"}, kLow), RefusedFor(Reason::unsupported));
  EXPECT_TRUE(pin(kGpio17).driven && pin(kGpio17).high);
}

TEST_F(AReadWithoutALease, ReadsAnothersLineThroughItsRequest) {
  lease(kBob, {"GPIO17"});
  record();
  EXPECT_EQ(read({"GPIO17"}), "1");
  EXPECT_THAT(record(), ElementsAre("get GPIO17"));
}

TEST_F(AReadWithoutALease, TellsTheLevelOnTheWireOfAnActiveLowLine) {
  acquire(kBob, {"GPIO17"},
          {.direction = core::Direction::output, .active_low = true, .value = Value::active})
      .value();
  ASSERT_FALSE(pin(kGpio17).high);
  EXPECT_EQ(read({"GPIO17"}), "0");
}

TEST_F(AReadWithoutALease, ReadsAPartedLineWhereItIs) {
  const LeaseId id = lease(kBob, {"GPIO17", "GPIO27"});
  release(kBob, id, {"GPIO17"});
  pi_.drive(kGpio17.offset, true);
  record();
  EXPECT_EQ(read({"GPIO17"}), "1");
  EXPECT_THAT(changes(), IsEmpty());
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}, kHigh), Succeeds());
}

TEST_F(AReadWithoutALease, ReadsALineInQuarantine) {
  lease(kBob, {"GPIO17"});
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  broker_.goodbye(kBob.name, kNow);
  EXPECT_EQ(read({"GPIO17"}), "1");
}

TEST_F(AReadWithoutALease, SaysWhoHasALineThatItCannotRead) {
  pi_.use_from_outside(kGpio4.offset, "w1");
  EXPECT_THAT(access_.read_lines(kCarol, {"GPIO17", "GPIO4"}),
              RefusedFor(Reason::in_use, "by 'w1'"));
  EXPECT_FALSE(info(kGpio17).used);
}

TEST_F(AReadWithoutALease, WantsLinesThatThereAre) {
  EXPECT_THAT(access_.read_lines(kCarol, {}), RefusedFor(Reason::no_lines));
  EXPECT_THAT(access_.read_lines(kCarol, {"fan"}), RefusedFor(Reason::no_such_line));
  EXPECT_THAT(access_.read_lines(kCarol, {"GPIO17", "J8:11"}), RefusedFor(Reason::duplicate_line));
}

TEST_F(AReadWithoutALease, LeavesNothingHeldWhicheverOperationFails) {
  for (std::uint64_t n = 1; n <= 4; ++n) {
    pi_.faults().fail_nth(n);
    read({"GPIO17"});
    pi_.faults().mend();
    EXPECT_FALSE(broker_.held().in_use(kGpio17)) << n;
    EXPECT_THAT(acquire(kAlice, {"GPIO17"}, kHigh), Succeeds()) << n;
    broker_.goodbye(kAlice.name, kNow);
    EXPECT_FALSE(info(kGpio17).used) << n;
  }
}

TEST_F(AReadWithoutALease, OfAFreeOutputIsForThoseWhoMayLeaseIt) {
  pi_.leave(kGpio17.offset, kHigh);
  EXPECT_THAT(read({"GPIO17"}, kCarol), testing::HasSubstr("is an output that nobody holds"));
  EXPECT_THAT(changes(), IsEmpty());
  EXPECT_EQ(read({"GPIO4"}, kCarol), "0") << "an input";
  EXPECT_EQ(read({"GPIO17"}, kAlice), "1");
  EXPECT_EQ(read({"GPIO17"}, kCarol), "1") << "what the broker holds anyway";
}

TEST_F(AReadWithoutALease, OfAnOutputThatIsHeldIsForEverybody) {
  lease(kAlice, {"GPIO17"});
  EXPECT_EQ(read({"GPIO17"}, kCarol), "1");
}

TEST_F(AReadWithoutALease, ByAnObserverTakesNoFreeOutputEither) {
  pi_.leave(kGpio17.offset, kHigh);
  core::AcquireRequest request;
  request.access = core::Access::observe;
  request.lines.push_back({"GPIO17", {}});
  const auto lease = broker_.acquire(kCarol, request, kNow);
  ASSERT_THAT(lease, Succeeds());
  EXPECT_THAT(access_.get_values(kCarol, *lease, {}), RefusedFor(Reason::denied));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(AReadWithoutALease, KeepsAnOutputUntilRootLetsGoOfIt) {
  pi_.leave(kGpio17.offset, kHigh);
  read({"GPIO17"});
  EXPECT_TRUE(broker_.held().keeps(kGpio17));
  ASSERT_THAT(broker_.release_held(kBob, {"GPIO17"}, kNow), Succeeds());
  ASSERT_THAT(broker_.release_held(kRoot, {}, kNow), Succeeds());
  EXPECT_TRUE(broker_.held().keeps(kGpio17)) << "by others, or unnamed";
  const auto change = broker_.release_held(kRoot, {"GPIO17", "GPIO4"}, kNow);
  ASSERT_THAT(change, Succeeds());
  EXPECT_THAT(change->lines, ElementsAre(kGpio17));
  EXPECT_FALSE(broker_.held().holds(kGpio17));
  EXPECT_TRUE(pin(kGpio17).driven && pin(kGpio17).high) << "as it was";
  EXPECT_THAT(changes(), ElementsAre("request GPIO17", "close GPIO17"));
}

}  // namespace
}  // namespace gpiobroker::test
