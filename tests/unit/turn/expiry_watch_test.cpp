// SPDX-License-Identifier: GPL-2.0-or-later
// When the time of a lease is judged: after what waits to be read, and not much later.
#include "turn/expiry_watch.h"

#include "unit/turn/turn_fixture.h"

namespace gpiobroker::test {
namespace {

using core::LifetimeKind;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class ALeaseWhoseTimeIsOver : public TurnTest {
 protected:
  LeaseId lease_for(const core::Lifetime& lifetime) {
    return grant(kAlice, {.lines = {{"GPIO17", kHigh}}, .consumer = "", .lifetime = lifetime});
  }

  bool is_there(LeaseId id) { return broker_.leases().find(id) != nullptr; }

  /// The loop comes to it at that time, and has other things to do.
  void wake_up(Instant time) {
    now_ = time;
    turn_.on_time(now_);
    follow_up();
  }
};

TEST_F(ALeaseWhoseTimeIsOver, EndsOnceNothingElseIsToBeDone) {
  const LeaseId id = lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(5)});
  EXPECT_EQ(turn_.next_due(), kNow + seconds(5));
  wake_up(kNow + seconds(5));
  EXPECT_TRUE(is_there(id));
  EXPECT_TRUE(turn_.waits_for_quiet());
  turn_.on_quiet(now_);
  EXPECT_FALSE(is_there(id));
  EXPECT_FALSE(turn_.waits_for_quiet());
  EXPECT_EQ(turn_.next_due(), std::nullopt);
}

TEST_F(ALeaseWhoseTimeIsOver, EndsASecondLaterWhateverElseIsToBeDone) {
  const LeaseId id = lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(5)});
  wake_up(kNow + seconds(5));
  EXPECT_EQ(turn_.next_due(), kNow + seconds(6));
  wake_up(kNow + milliseconds(5999));
  EXPECT_TRUE(is_there(id));
  wake_up(kNow + seconds(6));
  EXPECT_FALSE(is_there(id));
}

TEST_F(ALeaseWhoseTimeIsOver, LivesOnIfASignOfLifeWasWaitingToBeRead) {
  const LeaseId id = lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(5)});
  wake_up(kNow + seconds(5));
  EXPECT_THAT(broker_.expiry().keep_alive(kAlice, id, now_), Succeeds());
  turn_.on_quiet(now_);
  EXPECT_TRUE(is_there(id));
  EXPECT_EQ(turn_.next_due(), kNow + seconds(10));
}

TEST_F(ALeaseWhoseTimeIsOver, IsNotHungIfTheBrokerWasAwayItself) {
  const LeaseId id = lease_for({.heartbeat = seconds(4)});
  wake_up(kNow + seconds(60));
  turn_.on_quiet(now_);
  EXPECT_TRUE(is_there(id));
  pass_to(kNow + seconds(64));
  EXPECT_FALSE(is_there(id));
}

TEST_F(ALeaseWhoseTimeIsOver, IsNotTheOnlyOneThatIsLookedAfter) {
  lease_for({.kind = LifetimeKind::ttl, .ttl = seconds(50)});
  grant(kBob, {.lines = {{"GPIO27", kHigh}},
               .consumer = "",
               .lifetime = {.kind = LifetimeKind::ttl, .ttl = seconds(5)}});
  EXPECT_EQ(turn_.next_due(), kNow + seconds(5));
  pass_to(kNow + seconds(49));
  EXPECT_EQ(broker_.leases().all().size(), 1U);
  pass_to(kNow + seconds(50));
  EXPECT_THAT(broker_.leases().all(), IsEmpty());
}

}  // namespace
}  // namespace gpiobroker::test
