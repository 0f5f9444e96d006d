// SPDX-License-Identifier: GPL-2.0-or-later
// Who waits for lines, and who is served when.
#include "core/broker/broker.h"

#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using core::Reason;
using core::Served;
using core::WaiterId;
using core::Waiting;
using std::chrono::seconds;
using testing::IsEmpty;
using testing::SizeIs;

class AWaitingClient : public BrokerTest {
 protected:
  core::Result<Waiting::Outcome> ask(const Client& holder, const Specs& lines,
                                     Instant wait = seconds(10)) {
    core::AcquireRequest request{.lines = {}, .consumer = "", .wait = wait};
    for (const std::string& line : lines) request.lines.push_back({line, kHigh});
    return waiting_.acquire(holder, request, kNow, waiting_.give_up_earlier(holder.name, request));
  }

  WaiterId waits(const Client& holder, const Specs& lines) {
    return std::get<WaiterId>(ask(holder, lines).value());
  }

  LeaseId has(const Client& holder, const Specs& lines) {
    return std::get<LeaseId>(ask(holder, lines).value());
  }

  static WaiterId only(const std::vector<Served>& served) {
    EXPECT_THAT(served, SizeIs(1));
    EXPECT_TRUE(served.at(0).outcome);
    return served.at(0).waiter;
  }

  Waiting& waiting_ = broker_.waiting();
};

TEST_F(AWaitingClient, IsServedAtOnceIfTheLinesAreFree) {
  (void)has(kAlice, {"GPIO17", "EXP3"});
  EXPECT_THAT(broker_.queue().all(), IsEmpty());
}

TEST_F(AWaitingClient, IsServedWhenTheLineIsReleased) {
  const LeaseId alices = has(kAlice, {"GPIO17"});
  const WaiterId bob = waits(kBob, {"GPIO17"});
  EXPECT_THAT(waiting_.serve(kNow), IsEmpty());
  (void)release(kAlice, alices);
  EXPECT_EQ(only(waiting_.serve(kNow)), bob);
  EXPECT_EQ(broker_.leases().of_line(kGpio17)->holder.name, kBob.name);
}

TEST_F(AWaitingClient, IsServedWhenTheHolderIsGone) {
  (void)has(kAlice, {"GPIO17"});
  const WaiterId bob = waits(kBob, {"GPIO17"});
  (void)broker_.goodbye(kAlice.name, kNow);
  EXPECT_EQ(only(waiting_.serve(kNow)), bob);
}

TEST_F(AWaitingClient, TakesNothingWhileItWaits) {
  (void)has(kAlice, {"GPIO17"});
  (void)waits(kBob, {"GPIO17", "GPIO27"});
  EXPECT_FALSE(broker_.held().in_use(kGpio27));
}

TEST_F(AWaitingClient, IsServedInTheOrderOfArrival) {
  const LeaseId alices = has(kAlice, {"GPIO17"});
  const WaiterId bob = waits(kBob, {"GPIO17"});
  const WaiterId alice = waits(kAlice, {"GPIO17"});
  (void)release(kAlice, alices);
  EXPECT_EQ(only(waiting_.serve(kNow)), bob);
  (void)broker_.goodbye(kBob.name, kNow);
  EXPECT_EQ(only(waiting_.serve(kNow)), alice);
}

TEST_F(AWaitingClient, ForManyLinesIsNotOvertakenByOneForFew) {
  (void)has(kAlice, {"GPIO17"});
  (void)waits(kBob, {"GPIO17", "GPIO27"});
  EXPECT_THAT(ask(kAlice, {"GPIO27"}, Instant{0}),
              RefusedFor(Reason::busy, "what others wait for"));
  EXPECT_TRUE(std::holds_alternative<WaiterId>(ask(kAlice, {"GPIO27"}).value()));
}

TEST_F(AWaitingClient, DoesNotHoldUpOneForOtherLines) {
  (void)has(kAlice, {"GPIO17"});
  (void)waits(kBob, {"GPIO17"});
  (void)has(kAlice, {"GPIO27"});
}

TEST_F(AWaitingClient, IsServedWhenWhoKeptItFromAFreeLineHasWaitedInVain) {
  (void)has(kAlice, {"GPIO17"});
  const WaiterId earlier =
      std::get<WaiterId>(ask(kAlice, {"GPIO17", "GPIO27"}, seconds(5)).value());
  const WaiterId bob = waits(kBob, {"GPIO27"});
  const std::vector<Served> served = waiting_.expire(kNow + seconds(5));
  ASSERT_THAT(served, SizeIs(2));
  EXPECT_EQ(served.at(0).waiter, earlier);
  EXPECT_EQ(served.at(1).waiter, bob);
  EXPECT_TRUE(served.at(1).outcome);
}

TEST_F(AWaitingClient, IsRefusedWhenItsTimeIsOver) {
  (void)has(kAlice, {"GPIO17"});
  const WaiterId bob = waits(kBob, {"GPIO17"});
  EXPECT_EQ(waiting_.next_deadline(), kNow + seconds(10));
  EXPECT_THAT(waiting_.expire(kNow + seconds(9)), IsEmpty());
  const std::vector<Served> served = waiting_.expire(kNow + seconds(10));
  ASSERT_THAT(served, SizeIs(1));
  EXPECT_EQ(served.at(0).waiter, bob);
  EXPECT_THAT(served.at(0).outcome, RefusedFor(Reason::busy, "is held by uid 1000"));
  EXPECT_THAT(broker_.queue().all(), IsEmpty());
}

TEST_F(AWaitingClient, LeavesTheQueueWhenItIsGone) {
  (void)has(kAlice, {"GPIO17"});
  const WaiterId bob = waits(kBob, {"GPIO17"});
  EXPECT_THAT(waiting_.leave(kBob.name), testing::ElementsAre(bob));
  EXPECT_THAT(ask(kBob, {"GPIO17"}, Instant{0}), RefusedFor(Reason::busy, "is held by"));
  EXPECT_EQ(waiting_.next_deadline(), std::nullopt);
}

TEST_F(AWaitingClient, LetsTheNextOneGoWhenItIsGone) {
  (void)has(kAlice, {"GPIO17"});
  (void)waits(kBob, {"GPIO17", "GPIO27"});
  const WaiterId alice = waits(kAlice, {"GPIO27"});
  (void)waiting_.leave(kBob.name);
  EXPECT_EQ(only(waiting_.serve(kNow)), alice);
}

TEST_F(AWaitingClient, DoesNotWaitForWhatTimeCannotMend) {
  (void)has(kAlice, {"GPIO17"});
  EXPECT_THAT(ask(kBob, {"GPIO17", "GPIO99"}), RefusedFor(Reason::no_such_line));
  EXPECT_THAT(ask(kCarol, {"GPIO17"}), RefusedFor(Reason::denied));
  EXPECT_THAT(broker_.queue().all(), IsEmpty());
}

TEST_F(AWaitingClient, WaitsForALineInQuarantine) {
  const LeaseId alices = has(kAlice, {"GPIO17"});
  pi_.faults().fail_line(kGpio17.offset, Reason::hardware_failure);
  (void)release(kAlice, alices);
  const WaiterId bob = waits(kBob, {"GPIO17"});
  EXPECT_THAT(waiting_.serve(kNow), IsEmpty());
  pi_.faults().mend();
  (void)broker_.retry_resets(kNow + seconds(1));
  EXPECT_EQ(only(waiting_.serve(kNow)), bob);
}

TEST_F(AWaitingClient, HasItsOwnRetryInItsPlace) {
  const LeaseId alices = has(kAlice, {"GPIO17", "GPIO27"});
  const WaiterId bob = waits(kBob, {"GPIO17", "GPIO27"});
  const WaiterId alice = waits(kAlice, {"GPIO27"});
  EXPECT_NE(bob, alice);
  EXPECT_EQ(waits(kBob, {"GPIO27", "GPIO17"}), bob);
  EXPECT_THAT(broker_.queue().all(), SizeIs(2));
  (void)release(kAlice, alices);
  EXPECT_EQ(only(waiting_.serve(kNow)), bob);
}

TEST_F(AWaitingClient, HasGivenUpWhatItAsksForAnewWithoutWaiting) {
  (void)has(kAlice, {"GPIO17"});
  (void)waits(kBob, {"GPIO17"});
  EXPECT_THAT(ask(kBob, {"GPIO17"}, Instant{0}), RefusedFor(Reason::busy));
  EXPECT_THAT(broker_.queue().all(), IsEmpty());
}

TEST_F(AWaitingClient, IsNotInItsOwnWay) {
  (void)has(kAlice, {"GPIO17"});
  (void)waits(kBob, {"GPIO17", "GPIO27"});
  EXPECT_THAT(ask(kBob, {"GPIO17"}, Instant{0}), RefusedFor(Reason::busy, "is held by uid 1000"));
  (void)has(kBob, {"GPIO27"});
}

TEST_F(AWaitingClient, IsToldThatItIsItself) {
  (void)has(kBob, {"GPIO17"});
  EXPECT_THAT(
      ask(kBob, {"GPIO17"}, Instant{0}),
      RefusedFor(Reason::busy, "line gpiochip0:17 'GPIO17' is held by you yourself, lease"));
}

TEST_F(AWaitingClient, GivesUpWhatItWaitsFor) {
  (void)has(kAlice, {"GPIO17", "GPIO27", "GPIO4"});
  const WaiterId both = waits(kBob, {"GPIO17", "GPIO27"});
  const WaiterId other = waits(kBob, {"GPIO4"});
  EXPECT_THAT(waiting_.withdraw(kAlice.name, {}), IsEmpty());
  EXPECT_THAT(waiting_.withdraw(kBob.name, {"GPIO99"}), IsEmpty());
  EXPECT_THAT(waiting_.withdraw(kBob.name, {"GPIO27"}), testing::ElementsAre(both));
  EXPECT_THAT(waiting_.withdraw(kBob.name, {}), testing::ElementsAre(other));
  EXPECT_THAT(broker_.queue().all(), IsEmpty());
}

TEST_F(AWaitingClient, GivesUpALineByItsNameThoughAnotherHasItToo) {
  (void)has(kAlice, {"GPIO17"});
  const WaiterId waiter = waits(kBob, {"GPIO17"});
  const FakeChip twin({.name = "gpiochip2", .label = "twin", .path = "", .line_count = 1}, record_,
                      {"GPIO17"});
  board_.attach(twin.attachable());
  EXPECT_THAT(broker_.release_held(kBob, {"GPIO17"}, kNow), Succeeds());
  EXPECT_THAT(waiting_.withdraw(kBob.name, {"GPIO17"}), testing::ElementsAre(waiter));
}

/// Lines that come first in so many requests, of which no two are for the same.
const Specs kSome{"GPIO4", "GPIO18", "GPIO27", "EXP0", "EXP1", "EXP3"};

Specs subset(unsigned number) {
  Specs lines{"GPIO17"};
  for (std::size_t i = 0; i < kSome.size(); ++i) {
    if ((number >> i & 1U) != 0) lines.push_back(kSome[i]);
  }
  return lines;
}

TEST_F(AWaitingClient, CannotWaitWithMoreThanThirtyTwoRequests) {
  (void)has(kAlice, {"GPIO17"});
  for (unsigned i = 0; i < 32; ++i) (void)waits(kBob, subset(i));
  EXPECT_THAT(ask(kBob, subset(32)), RefusedFor(Reason::quota_exceeded, "this client"));
}

TEST_F(AWaitingClient, CannotWaitMoreOftenOnSeveralConnections) {
  (void)has(kAlice, {"GPIO17"});
  for (unsigned i = 0; i < 32; ++i) (void)waits(kBob, subset(i));
  Client again = kBob;
  again.name.value = ":1.77";
  EXPECT_THAT(ask(again, subset(32)), RefusedFor(Reason::quota_exceeded, "user 1001"));
  EXPECT_TRUE(std::holds_alternative<WaiterId>(ask(kAlice, subset(32)).value()));
}

TEST_F(AWaitingClient, IsOneOfNinetySixAndOfSomeMoreWhoHaveNoQuota) {
  (void)has(kAlice, {"GPIO17"});
  Client holder = kBob;
  for (unsigned i = 0; i < 96; ++i) {
    holder.uid = 2000 + i / 32;
    holder.name.value = ":2." + std::to_string(i / 32);
    (void)waits(holder, subset(i % 32));
  }
  EXPECT_THAT(ask(kBob, subset(0)), RefusedFor(Reason::quota_exceeded, "all users wait"));
  Client root = kBob;
  root.uid = 0;
  for (unsigned i = 0; i < 32; ++i) (void)waits(root, subset(i));
  root.name.value = ":2.9";
  EXPECT_THAT(ask(root, subset(0)), RefusedFor(Reason::quota_exceeded, "all users wait"));
}

}  // namespace
}  // namespace gpiobroker::test
