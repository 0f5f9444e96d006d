// SPDX-License-Identifier: GPL-2.0-or-later
// A lease that goes from one client to another.
#include "core/broker/broker.h"

#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

class ATransfer : public BrokerTest {
 protected:
  LeaseId lease_ = lease(kAlice, {"GPIO17"});
  core::Transfer& transfer_ = broker_.transfer();
};

TEST_F(ATransfer, NeedsTheConsentOfBoth) {
  EXPECT_THAT(transfer_.accept(kBob, lease_, kNow), RefusedFor(Reason::no_such_lease));
  ASSERT_THAT(transfer_.offer(kAlice, lease_, kBob.name), Succeeds());
  EXPECT_EQ(broker_.leases().find(lease_)->holder.name, kAlice.name);
  EXPECT_THAT(transfer_.accept(kBob, lease_, kNow), Succeeds());
  EXPECT_EQ(broker_.leases().find(lease_)->holder.name, kBob.name);
}

TEST_F(ATransfer, IsToldOfAsAChangeThatNamesBoth) {
  (void)transfer_.offer(kAlice, lease_, kBob.name);
  const auto change = transfer_.accept(kBob, lease_, kNow);
  ASSERT_EQ(change->transferred.size(), 1U);
  EXPECT_EQ(change->transferred.front().from.name, kAlice.name);
  EXPECT_EQ(change->transferred.front().to.name, kBob.name);
}

TEST_F(ATransfer, LeavesTheLineAsItIs) {
  record();
  (void)transfer_.offer(kAlice, lease_, kBob.name);
  (void)transfer_.accept(kBob, lease_, kNow);
  EXPECT_THAT(record(), IsEmpty());
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(ATransfer, MakesTheLeaseLiveAndDieWithItsNewHolder) {
  (void)transfer_.offer(kAlice, lease_, kBob.name);
  (void)transfer_.accept(kBob, lease_, kNow);
  broker_.goodbye(kAlice.name, kNow);
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_THAT(broker_.release(kAlice, lease_, {}, kNow), RefusedFor(Reason::no_such_lease));
  broker_.goodbye(kBob.name, kNow);
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ATransfer, IsForWhomItWasOfferedLast) {
  (void)transfer_.offer(kAlice, lease_, kBob.name);
  (void)transfer_.offer(kAlice, lease_, {""});
  EXPECT_THAT(transfer_.accept(kBob, lease_, kNow), RefusedFor(Reason::no_such_lease));
}

TEST_F(ATransfer, IsTheHoldersToOffer) {
  EXPECT_THAT(transfer_.offer(kBob, lease_, kBob.name), RefusedFor(Reason::no_such_lease));
}

TEST_F(ATransfer, IsRefusedToWhomMayNotLeaseTheLine) {
  (void)transfer_.offer(kAlice, lease_, kCarol.name);
  EXPECT_THAT(transfer_.accept(kCarol, lease_, kNow), RefusedFor(Reason::denied));
  EXPECT_EQ(broker_.leases().find(lease_)->holder.name, kAlice.name);
}

}  // namespace
}  // namespace gpiobroker::test
