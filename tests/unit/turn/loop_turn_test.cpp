// SPDX-License-Identifier: GPL-2.0-or-later
// A turn in a real event loop, of which nothing is timed.
#include "turn/loop_turn.h"

#include "unit/turn/turn_fixture.h"

namespace gpiobroker::test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

/// Ends the loop when it has been told of so much.
class ATurnInTheLoop : public SharingTest {
 protected:
  class Ending : public RecordingListener {
   public:
    explicit Ending(loop::EventLoop& loop) : loop_(loop) {}

    void changed(const core::Change& change, Instant now) override {
      RecordingListener::changed(change, now);
      if (!change.ended.empty()) loop_.exit(0);
    }

   private:
    loop::EventLoop& loop_;
  };

  ATurnInTheLoop() { turn_.add(listener_); }

  loop::EventLoop loop_;
  Ending listener_{loop_};
  turn::LoopTurn turn_{loop_, broker_};
};

TEST_F(ATurnInTheLoop, IsFollowedUpByItself) {
  turn_.settle({});
  lease(kAlice, {"GPIO17"});
  turn_.client_gone(kAlice.name);
  loop_.run();
  EXPECT_THAT(listener_.words, ElementsAre("gone :1.1", "granted 1", "holder-gone 1"));
}

TEST_F(ATurnInTheLoop, EndsALeaseWhoseTimeIsOver) {
  const core::Lifetime lifetime{.kind = core::LifetimeKind::ttl, .ttl = milliseconds(1)};
  (void)broker_.acquire(
      kAlice, {.lines = {{"GPIO17", kHigh}}, .consumer = "", .lifetime = lifetime}, turn_.now());
  turn_.settle({});
  loop_.run();
  EXPECT_THAT(listener_.words, ElementsAre("granted 1", "expired 1"));
  EXPECT_TRUE(is_safe(kGpio17));
}

}  // namespace
}  // namespace gpiobroker::test
