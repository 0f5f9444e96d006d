// SPDX-License-Identifier: GPL-2.0-or-later
// How many calls a second one may make, on a clock that the test turns.
#include "core/policy/call_budget.h"

#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using core::CallBudget;
using core::Quotas;
using core::Reason;
using std::chrono::milliseconds;

class ACallBudget : public testing::Test {
 protected:
  /// How many of so many calls are let through, one after the other and all at now_.
  int calls(const Client& caller, int attempts) {
    int taken = 0;
    for (; attempts > 0; --attempts) taken += budget_.take(quotas_, caller, now_) ? 1 : 0;
    return taken;
  }

  static Client client(const Client& holder, int number) {
    Client other = holder;
    other.name.value = ":2." + std::to_string(number);
    return other;
  }

  Quotas quotas_{.user = {.leases = {}, .lines = {}, .calls_per_second = 30},
                 .client = {.leases = {}, .lines = {}, .calls_per_second = 10}};
  CallBudget budget_;
  Instant now_ = kNow;
};

TEST_F(ACallBudget, LetsASecondsCallsThroughAtOnce) {
  EXPECT_EQ(calls(kAlice, 100), 10);
}

TEST_F(ACallBudget, SaysWhatIsExceeded) {
  calls(kAlice, 10);
  EXPECT_THAT(
      budget_.take(quotas_, kAlice, now_),
      RefusedFor(Reason::quota_exceeded, "client :1.1 has used up its quota of 10 calls a second"));
}

TEST_F(ACallBudget, SaysThatACallMayCountAsSeveral) {
  EXPECT_THAT(budget_.take(quotas_, kAlice, now_, 55), Succeeds());
  EXPECT_THAT(
      budget_.take(quotas_, kAlice, now_),
      RefusedFor(Reason::quota_exceeded, "of which GetManagedObjects takes one for each object"));
}

TEST_F(ACallBudget, FillsAsTimeGoesBy) {
  calls(kAlice, 10);
  now_ += milliseconds(300);
  EXPECT_EQ(calls(kAlice, 100), 3);
  now_ += milliseconds(5000);
  EXPECT_EQ(calls(kAlice, 100), 10);
}

TEST_F(ACallBudget, IsNotUsedUpByRefusedCalls) {
  calls(kAlice, 1000);
  now_ += milliseconds(100);
  EXPECT_EQ(calls(kAlice, 100), 1);
}

TEST_F(ACallBudget, TakesWhatACallCosts) {
  EXPECT_THAT(budget_.take(quotas_, kAlice, now_, 4), Succeeds());
  EXPECT_EQ(calls(kAlice, 100), 6);
}

TEST_F(ACallBudget, LetsACallThroughThatCostsMoreThanASecondsWorthAndHasItEarned) {
  EXPECT_THAT(budget_.take(quotas_, kAlice, now_, 25), Succeeds());
  EXPECT_EQ(calls(kAlice, 100), 0);
  now_ += milliseconds(1500);
  EXPECT_EQ(calls(kAlice, 100), 0);
  now_ += milliseconds(100);
  EXPECT_EQ(calls(kAlice, 100), 1);
}

TEST_F(ACallBudget, HasNoCallEarnedForLongerThanTenSeconds) {
  EXPECT_THAT(budget_.take(quotas_, kAlice, now_, 1'000'000), Succeeds());
  now_ += std::chrono::seconds(9);
  EXPECT_EQ(calls(kAlice, 100), 0);
  now_ += milliseconds(100);
  EXPECT_EQ(calls(kAlice, 100), 1);
}

TEST_F(ACallBudget, CountsAUsersClientsTogether) {
  int taken = 0;
  for (int i = 0; i < 10; ++i) taken += calls(client(kAlice, i), 10);
  EXPECT_EQ(taken, 30);
  EXPECT_EQ(calls(kBob, 100), 10);
}

TEST_F(ACallBudget, IsNotRenewedByComingBackUnderAnotherName) {
  int taken = 0;
  for (int i = 0; i < 100; ++i) {
    taken += calls(client(kAlice, i), 10);
    budget_.forget(client(kAlice, i).name, now_);
  }
  EXPECT_EQ(taken, 30);
}

TEST_F(ACallBudget, MayBeUnlimited) {
  quotas_.client.calls_per_second = {};
  quotas_.user.calls_per_second = {};
  EXPECT_EQ(calls(kAlice, 1000), 1000);
}

TEST_F(ACallBudget, IsNoMatterForTheExempt) {
  quotas_.exempt = {kAlice.uid};
  EXPECT_EQ(calls(kAlice, 1000), 1000);
  EXPECT_EQ(budget_.size(), 0U);
}

TEST_F(ACallBudget, ForgetsWhoIsGoneAndHasNothingToPayBack) {
  for (int i = 0; i < 1000; ++i) {
    Client one = client(kAlice, i);
    one.uid = static_cast<std::uint32_t>(i + 1);
    calls(one, 3);
    now_ += milliseconds(1);
    budget_.forget(one.name, now_);
  }
  EXPECT_LT(budget_.size(), 200U);
  now_ += std::chrono::seconds(1);
  budget_.forget(kBob.name, now_);
  EXPECT_EQ(budget_.size(), 0U);
}

}  // namespace
}  // namespace gpiobroker::test
