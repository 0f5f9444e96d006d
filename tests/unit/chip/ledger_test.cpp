// SPDX-License-Identifier: GPL-2.0-or-later
// What is at risk is written down before it is driven, and struck before it is somebody else's.
#include "core/broker/broker.h"
#include "unit/broker/broker_fixture.h"
#include "unit/chip/fake_ledger.h"

namespace gpiobroker::test {
namespace {

using core::SafeState;

class ABrokerWithALedger : public BrokerTest {
 protected:
  ABrokerWithALedger() { ledgered_.set_policy(default_policy()); }

  core::Result<LeaseId> acquire(const Specs& specs) {
    core::AcquireRequest request;
    for (const std::string& spec : specs) request.lines.push_back({spec, kHigh});
    return ledgered_.acquire(kAlice, request, kNow);
  }

  std::vector<LineId> written() {
    std::vector<LineId> lines;
    for (const auto& [line, state] : ledger_.written.lines) lines.push_back(line);
    return lines;
  }

  FakeLedger ledger_{record_};
  core::Broker ledgered_{board_, ledger_, {.next_lease = LeaseId{7}, .lines = {}}};
};

TEST_F(ABrokerWithALedger, WritesLinesDownBeforeItDrivesThem) {
  acquire({"GPIO17", "EXP3"}).value();
  EXPECT_THAT(changes(), ElementsAre("request GPIO17", "request EXP3", "ledger of 2",
                                     "configure GPIO17 output=1", "configure EXP3 output=1"));
  EXPECT_THAT(written(), ElementsAre(kGpio17, kExp3));
}

TEST_F(ABrokerWithALedger, StrikesThemOnceTheyAreSafeAndBeforeAnybodyElseCanHaveThem) {
  acquire({"GPIO17"}).value();
  record();
  ledgered_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(changes(), ElementsAre("configure GPIO17 safe", "ledger of 0", "close GPIO17"));
}

TEST_F(ABrokerWithALedger, IsWrittenOnceWhenAClientWithSeveralLeasesIsGoneAndAfterAllOfItsResets) {
  acquire({"GPIO17"}).value();
  acquire({"EXP3"}).value();
  record();
  ledgered_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(changes(), ElementsAre("configure GPIO17 safe", "configure EXP3 safe", "ledger of 0",
                                     "close GPIO17", "close EXP3"));
}

TEST_F(ABrokerWithALedger, StrikesOnlyWhatIsReleased) {
  const LeaseId id = acquire({"GPIO17", "GPIO27"}).value();
  ledgered_.release(kAlice, id, {"GPIO17"}, kNow).value();
  EXPECT_THAT(written(), ElementsAre(kGpio27));
}

TEST_F(ABrokerWithALedger, KeepsALineInQuarantineInIt) {
  acquire({"GPIO17", "GPIO27"}).value();
  fake(kGpio17).faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  ledgered_.goodbye(kAlice.name, kNow);
  EXPECT_THAT(written(), ElementsAre(kGpio17));
  pi_.faults().mend();
  ledgered_.retry_resets(kNow + std::chrono::hours(1));
  EXPECT_THAT(written(), IsEmpty());
}

TEST_F(ABrokerWithALedger, DrivesNothingThatItCouldNotWriteDown) {
  ledger_.full = true;
  EXPECT_THAT(acquire({"GPIO17"}), RefusedFor(Reason::not_recorded, "no space left"));
  EXPECT_THAT(changes(), ElementsAre("request GPIO17", "ledger of 1 fails", "close GPIO17"));
  EXPECT_FALSE(pin(kGpio17).driven);
  ledger_.full = false;
  EXPECT_THAT(acquire({"GPIO17"}), Succeeds());
}

TEST_F(ABrokerWithALedger, ResetsAndGivesBackEvenIfItCannotStrike) {
  acquire({"GPIO17"}).value();
  ledger_.full = true;
  ledgered_.goodbye(kAlice.name, kNow);
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_FALSE(info(kGpio17).used);
  ledger_.full = false;
  acquire({"GPIO27"}).value();
  EXPECT_THAT(written(), ElementsAre(kGpio27)) << "the next writing makes up for it";
}

TEST_F(ABrokerWithALedger, StrikesWhatARefusedRequestLeftAlone) {
  expander_.faults().fail_nth(3);  // after the request and the look at the line
  EXPECT_FALSE(acquire({"GPIO17", "EXP3"}).has_value());
  EXPECT_THAT(record(), testing::Contains("ledger of 2"));
  EXPECT_THAT(written(), IsEmpty());
}

TEST_F(ABrokerWithALedger, WritesNothingForARequestThatWasRefusedBefore) {
  acquire({"GPIO17"}).value();
  record();
  EXPECT_THAT(acquire({"GPIO27", "GPIO17"}), RefusedFor(Reason::busy));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(ABrokerWithALedger, GoesOnCountingLeasesWhereAnEarlierBrokerStopped) {
  EXPECT_EQ(acquire({"GPIO17"}).value(), LeaseId{7});
  EXPECT_EQ(ledger_.written.next_lease, LeaseId{8});
  core::Broker successor(board_, ledger_, ledger_.written);
  successor.set_policy(default_policy());
  EXPECT_EQ(successor.acquire(kBob, {.lines = {{"GPIO27", kInput}}, .consumer = ""}, kNow).value(),
            LeaseId{8});
}

TEST_F(ABrokerWithALedger, IsWrittenOnceForAHundredLeasesThatExpireAtOnce) {
  constexpr unsigned kLines = 50;
  const core::Lifetime second{.kind = core::LifetimeKind::ttl, .ttl = std::chrono::seconds(1)};
  for (const Client& holder : {kAlice, kBob}) {
    for (unsigned line = 0; line < kLines; ++line) {
      const core::AcquireRequest request{.lines = {{"gpiochip0:" + std::to_string(line), kInput}},
                                         .consumer = "",
                                         .lifetime = second,
                                         .access = core::Access::shared};
      ASSERT_THAT(ledgered_.acquire(holder, request, kNow), Succeeds());
    }
  }
  record();
  EXPECT_EQ(ledgered_.expiry().expire(kNow + std::chrono::seconds(2)).ended.size(), 2 * kLines);
  EXPECT_THAT(written(), IsEmpty());
  EXPECT_EQ(std::ranges::count(record(), "ledger of 0"), 1);
}

TEST_F(ABrokerWithALedger, WritesDownWhereEachLineGoes) {
  core::SafeStates states;
  states.set(kGpio17, {.kind = SafeState::Kind::output, .value = Value::active});
  ledgered_.parking().set_safe_states(states, kNow).value();
  acquire({"GPIO17", "GPIO27"}).value();
  EXPECT_EQ(ledger_.written.lines.at(kGpio17), states.of(kGpio17));
  EXPECT_EQ(ledger_.written.lines.at(kGpio27), SafeState{});
}

TEST_F(ABrokerWithALedger, WritesDownANewSafeStateOfALineThatIsLeased) {
  acquire({"GPIO17"}).value();
  core::SafeStates states;
  states.set(kGpio17, {.bias = core::Bias::pull_up});
  ledgered_.parking().set_safe_states(states, kNow).value();
  EXPECT_EQ(ledger_.written.lines.at(kGpio17).bias, core::Bias::pull_up);
}

}  // namespace
}  // namespace gpiobroker::test
