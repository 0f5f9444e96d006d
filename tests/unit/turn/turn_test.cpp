// SPDX-License-Identifier: GPL-2.0-or-later
// What follows a change, in which order, and what is due when.
#include "turn/turn.h"

#include "unit/turn/turn_fixture.h"

namespace gpiobroker::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class ATurn : public TurnTest {};

TEST_F(ATurn, WantsNothingAsLongAsNothingHappens) {
  EXPECT_FALSE(turn_.wants_follow_up());
  EXPECT_FALSE(turn_.waits_for_quiet());
  EXPECT_EQ(turn_.next_due(), std::nullopt);
}

TEST_F(ATurn, TellsOfAGrantOnceTheCallIsAnswered) {
  grant(kAlice);
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_TRUE(turn_.wants_follow_up());
  follow_up();
  EXPECT_THAT(told(), ElementsAre("granted 1"));
}

TEST_F(ATurn, TellsAllThatHappenedInItAtOnce) {
  const LeaseId id = grant(kAlice);
  turn_.settle(release(kAlice, id), now_);
  follow_up();
  EXPECT_THAT(told(), ElementsAre("granted 1", "released 1"));
}

TEST_F(ATurn, TellsEveryListenerInTheOrderInWhichTheyCame) {
  RecordingListener other;
  turn_.add(other);
  grant(kAlice);
  follow_up();
  EXPECT_THAT(other.words, ElementsAre("granted 1"));
}

TEST_F(ATurn, TellsOfAClientsEndBeforeItsLeasesEnd) {
  grant(kAlice);
  follow_up();
  (void)told();
  turn_.client_gone(kAlice.name, now_);
  EXPECT_TRUE(is_safe(kGpio17));
  follow_up();
  EXPECT_THAT(told(), ElementsAre("gone :1.1", "holder-gone 1"));
}

TEST_F(ATurn, GivesAFreedLineToWhoWaitsAfterItIsToldThatItIsFree) {
  grant(kAlice);
  wait_for_line(kBob, seconds(9));
  follow_up();
  (void)told();
  turn_.client_gone(kAlice.name, now_);
  follow_up();
  EXPECT_THAT(told(), ElementsAre("gone :1.1", "holder-gone 1", "served", "granted 2"));
}

TEST_F(ATurn, GivesNothingToWhoIsGone) {
  grant(kAlice);
  wait_for_line(kBob, seconds(9));
  turn_.client_gone(kBob.name, now_);
  turn_.client_gone(kAlice.name, now_);
  follow_up();
  EXPECT_THAT(broker_.leases().all(), IsEmpty());
}

TEST_F(ATurn, GivesNobodyALineWhenItIsTheLast) {
  grant(kAlice);
  wait_for_line(kBob, seconds(9));
  turn_.settle(broker_.end_all(EndReason::shutdown, now_), now_);
  turn_.finish(now_);
  EXPECT_THAT(told(), ElementsAre("granted 1", "shutdown 1"));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ATurn, RefusesWhoHasWaitedLongEnough) {
  grant(kAlice);
  wait_for_line(kBob, seconds(9));
  follow_up();
  (void)told();
  EXPECT_EQ(turn_.next_due(), now_ + seconds(9));
  pass_to(kNow + seconds(9));
  EXPECT_THAT(told(), ElementsAre("refused"));
  EXPECT_EQ(turn_.next_due(), std::nullopt);
}

TEST_F(ATurn, TriesAResetThatFailedAgainWhenItIsDue) {
  grant(kAlice);
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::hardware_failure);
  turn_.client_gone(kAlice.name, now_);
  pi_.faults().mend();
  EXPECT_EQ(turn_.next_due(), now_ + milliseconds(100));
  pass_to(kNow + seconds(1));
  EXPECT_THAT(broker_.quarantine().all(), IsEmpty());
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ATurn, ReadsTheEdgesOfARequestAndHandsThemOn) {
  const LeaseId alice = share(kAlice);
  pi_.drive(kGpio17.offset, false);
  turn_.edges_ready(broker_.held().request_with(kGpio17)->id());
  EXPECT_THAT(heard(alice), IsEmpty()) << "it may be in the middle of an operation";
  follow_up();
  EXPECT_THAT(told(), testing::Contains("edges of 1"));
  EXPECT_THAT(heard(alice), ElementsAre("falling 1"));
}

TEST_F(ATurn, ReadsNothingOfARequestThatIsClosed) {
  share(kAlice);
  turn_.edges_ready(broker_.held().request_with(kGpio17)->id());
  broker_.goodbye(kAlice.name, now_);
  follow_up();
  EXPECT_FALSE(turn_.wants_follow_up());
}

/// Writes down which lines may look different.
class LineListener : public turn::Listener {
 public:
  void changed(const core::Change& change, Instant /*now*/) override {
    lines.insert(lines.end(), change.lines.begin(), change.lines.end());
  }
  std::vector<LineId> lines;
};

TEST_F(ATurn, ReadsTheNewsOfAChipAndTellsOfThemAtOnce) {
  LineListener listener;
  turn_.add(listener);
  pi_.tell(kGpio17.offset, core::LineNews::What::requested);
  turn_.news_ready(kGpio17.chip);
  EXPECT_TRUE(turn_.wants_follow_up());
  EXPECT_THAT(listener.lines, IsEmpty()) << "it may be in the middle of an operation";
  turn_.follow_up(now_);
  EXPECT_THAT(listener.lines, ElementsAre(kGpio17));
  EXPECT_FALSE(turn_.wants_follow_up());
}

TEST_F(ATurn, TellsNobodyOfAChipWithoutNews) {
  turn_.news_ready(kGpio17.chip);
  turn_.follow_up(now_);
  EXPECT_FALSE(turn_.wants_follow_up());
}

TEST_F(ATurn, ReadsNoNewsOfAChipThatIsGone) {
  turn_.news_ready(kGpio17.chip);
  turn_.settle(broker_.chip_removal().chip_gone(kGpio17.chip, now_), now_);
  follow_up();
  EXPECT_FALSE(turn_.wants_follow_up());
}

TEST_F(ATurn, KnowsAChipByItsId) {
  EXPECT_EQ(board_.chips().at(kGpio17.chip).id(), kGpio17.chip);
  EXPECT_EQ(board_.chips().at(kExp3.chip).id(), kExp3.chip);
}

TEST_F(ATurn, HandsOnTheEdgesThatTheBrokerMakesItself) {
  observe(kCarol);
  const LeaseId alice = grant(kAlice);
  follow_up();
  (void)told();
  EXPECT_THAT(access_.set_values(kAlice, alice, {{"GPIO17", Value::inactive}}, kNow), Succeeds());
  follow_up();
  EXPECT_THAT(told(), ElementsAre("edges of 1"));
}

TEST_F(ATurn, TellsWhoWantsToKnowThatNoEdgeHasCome) {
  core::AcquireRequest request{.lines = {{"GPIO17", kButton}}, .consumer = ""};
  request.edge_timeout = seconds(2);
  grant(kAlice, request);
  follow_up();
  (void)told();
  EXPECT_EQ(turn_.next_due(), now_ + seconds(2));
  pass_to(kNow + seconds(5));
  EXPECT_THAT(told(), ElementsAre("edges of 1", "edges of 1"));
  EXPECT_EQ(turn_.next_due(), kNow + seconds(6));
}

TEST_F(ATurn, CallsAListenerWhenThatHasSomethingDue) {
  listener_.due = kNow + seconds(3);
  EXPECT_EQ(turn_.next_due(), kNow + seconds(3));
  turn_.on_time(kNow + seconds(2));
  EXPECT_THAT(told(), IsEmpty());
  turn_.on_time(kNow + seconds(3));
  EXPECT_THAT(told(), ElementsAre("on time"));
}

TEST_F(ATurn, CountsGrantsAndResetsAndTheTimeOfTheSlowest) {
  grant(kAlice);
  EXPECT_FALSE(turn_.has_reset());
  turn_.client_gone(kAlice.name, now_);
  ASSERT_TRUE(turn_.has_reset());
  turn_.note_reset_time(milliseconds(3));
  EXPECT_FALSE(turn_.has_reset());
  EXPECT_EQ(turn_.counters().granted, 1U);
  EXPECT_EQ(turn_.counters().resets, 1U);
  EXPECT_EQ(turn_.counters().ended.at(EndReason::holder_gone), 1U);
  EXPECT_EQ(turn_.counters().slowest_reset, milliseconds(3));
}

}  // namespace
}  // namespace gpiobroker::test
