// SPDX-License-Identifier: GPL-2.0-or-later
// Sweeping after a dead broker, and the loss of a chip.
#include "core/broker/broker.h"

#include "unit/broker/broker_fixture.h"
#include "unit/chip/fake_ledger.h"

namespace gpiobroker::test {
namespace {

using core::SafeState;

/// A broker died and left GPIO17 and EXP3 driven high, and so did somebody else with GPIO27.
class ASweep : public BrokerTest {
 protected:
  ASweep() {
    for (const LineId line : {kGpio17, kGpio27, kExp3}) fake(line).leave(line.offset, kHigh);
    for (const LineId line : {kGpio17, kExp3}) left_.set(line, {});
  }

  core::Sweep sweep() {
    core::LedgerContent content{.next_lease = LeaseId{3}, .lines = left_.chosen()};
    successor_.emplace(board_, ledger_, content);
    successor_->set_policy(default_policy());
    ledger_.written = content;
    return successor_->startup_sweep().sweep(left_, kNow);
  }

  core::SafeStates left_;
  FakeLedger ledger_{record_};
  std::optional<core::Broker> successor_;
};

TEST_F(ASweep, ResetsTheLinesThatWereWrittenDownAndNoOther) {
  EXPECT_THAT(sweep().reset, ElementsAre(kGpio17, kExp3));
  EXPECT_TRUE(is_safe(kGpio17) && is_safe(kExp3));
  EXPECT_TRUE(pin(kGpio27).driven);
  EXPECT_FALSE(info(kGpio17).used);
}

TEST_F(ASweep, LeavesNothingInTheLedger) {
  sweep();
  EXPECT_THAT(ledger_.written.lines, IsEmpty());
  EXPECT_EQ(ledger_.written.next_lease, LeaseId{3});
}

TEST_F(ASweep, LeavesALineToWhoeverHasTakenItSince) {
  pi_.use_from_outside(kGpio17.offset, "another");
  const core::Sweep done = sweep();
  EXPECT_THAT(done.reset, ElementsAre(kExp3));
  ASSERT_EQ(done.unswept.size(), 1U);
  EXPECT_THAT(done.unswept.front().why.message, testing::HasSubstr("another"));
  EXPECT_THAT(ledger_.written.lines, IsEmpty());
}

TEST_F(ASweep, QuarantinesALineThatCannotBeReset) {
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  EXPECT_EQ(sweep().stuck.size(), 1U);
  EXPECT_NE(successor_->quarantine().find(kGpio17), nullptr);
  EXPECT_TRUE(ledger_.written.lines.contains(kGpio17));
  EXPECT_TRUE(is_safe(kExp3));
  pi_.faults().mend();
  successor_->retry_resets(kNow + std::chrono::hours(1));
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_THAT(ledger_.written.lines, IsEmpty());
}

TEST_F(ASweep, LeavesALineInTheLedgerThatTheChipDidNotGive) {
  pi_.faults().fail_line(Operation::request, kGpio17.offset, Reason::hardware_failure);
  EXPECT_EQ(sweep().unswept.size(), 1U);
  EXPECT_TRUE(ledger_.written.lines.contains(kGpio17));
}

TEST_F(ASweep, DoesNotTouchALineThatIsToBeKept) {
  left_.set(kGpio17, {.kind = SafeState::Kind::keep});
  EXPECT_THAT(sweep().kept, ElementsAre(kGpio17));
  EXPECT_TRUE(pin(kGpio17).high);
}

TEST_F(ASweep, LeavesSafeStatesAsTheyAreWhenNewOnesCannotBeWrittenDown) {
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  sweep();
  ledger_.full = true;
  core::SafeStates states;
  states.set(kGpio17, {.kind = SafeState::Kind::keep});
  EXPECT_THAT(successor_->parking().set_safe_states(states, kNow),
              RefusedFor(Reason::not_recorded));
  EXPECT_NE(ledger_.written.lines.at(kGpio17).kind, SafeState::Kind::keep);
}

class ABrokerThatLosesAChip : public BrokerTest {
 protected:
  core::Change lose_expander() {
    expander_.remove();
    return broker_.chip_removal().chip_gone(kExp3.chip, kNow);
  }
};

TEST_F(ABrokerThatLosesAChip, EndsTheLeasesOnItAndResetsTheirOtherLines) {
  const LeaseId both = lease(kAlice, {"GPIO17", "EXP3"});
  lease(kBob, {"GPIO27"});
  const auto change = lose_expander();
  ASSERT_EQ(change.ended.size(), 1U);
  EXPECT_EQ(change.ended.front().id, both);
  EXPECT_EQ(change.ended.front().reason, EndReason::chip_removed);
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_TRUE(pin(kGpio27).driven) << "another's";
  EXPECT_THAT(change.lines, ElementsAre(kGpio17));
  EXPECT_THAT(change.quarantined, IsEmpty());
}

TEST_F(ABrokerThatLosesAChip, NeitherFindsNorKeepsAnythingOfIt) {
  lease(kAlice, {"EXP3"});
  expander_.faults().fail_line(Operation::configure, kExp3.offset, Reason::hardware_failure);
  broker_.goodbye(kAlice.name, kNow);
  ASSERT_NE(broker_.quarantine().find(kExp3), nullptr);
  lose_expander();
  EXPECT_THAT(broker_.quarantine().all(), IsEmpty());
  EXPECT_EQ(broker_.held().request_count(), 0U);
  for (const char* spec : {"EXP3", "gpiochip1:3"}) {
    EXPECT_THAT(acquire(kBob, {spec}, kHigh), RefusedFor(Reason::no_such_line)) << spec;
  }
}

TEST_F(ABrokerThatLosesAChip, LeavesNoneOfItsLinesDrivenIfTheyCanStillBeReset) {
  lease(kAlice, {"EXP3"});
  const auto change = broker_.chip_removal().chip_gone(kExp3.chip, kNow);
  ASSERT_EQ(change.ended.size(), 1U);
  EXPECT_TRUE(is_safe(kExp3));
}

TEST_F(ABrokerThatLosesAChip, StrikesItsLinesInQuarantineFromTheLedger) {
  FakeLedger store(record_);
  core::Broker broker(board_, store, {});
  broker.set_policy(default_policy());
  core::AcquireRequest request;
  request.lines.push_back({"EXP3", kHigh});
  ASSERT_THAT(broker.acquire(kAlice, request, kNow), Succeeds());
  expander_.faults().fail_line(Operation::configure, kExp3.offset, Reason::hardware_failure);
  broker.goodbye(kAlice.name, kNow);
  ASSERT_EQ(store.written.lines.count(kExp3), 1U);
  expander_.remove();
  broker.chip_removal().chip_gone(kExp3.chip, kNow);
  EXPECT_THAT(store.written.lines, IsEmpty());
}

TEST_F(ABrokerThatLosesAChip, StillHasWordsForItsLines) {
  lose_expander();
  EXPECT_EQ(board_.chips().describe(kExp3), "line 3 of a chip that is gone");
}

TEST_F(ABrokerThatLosesAChip, GrantsItsLinesAgainOnceItIsBack) {
  lease(kAlice, {"EXP3"});
  lose_expander();
  FakeChip again(expander_info(), record_);
  board_.attach(again.attachable());
  EXPECT_THAT(acquire(kBob, {"EXP3"}, kHigh), Succeeds());
}

}  // namespace
}  // namespace gpiobroker::test
