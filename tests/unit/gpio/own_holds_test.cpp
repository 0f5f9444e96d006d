// SPDX-License-Identifier: GPL-2.0-or-later
// Whose an event of a line is, by the time at which it happened.
#include "gpio/own_holds.h"

#include <array>

#include <gmock/gmock.h>

namespace gpiobroker::test {
namespace {

using core::Offset;
using gpio::OwnHolds;
using std::chrono::milliseconds;
using What = core::LineNews::What;
using Whose = OwnHolds::Whose;
using Standing = OwnHolds::Standing;

constexpr Offset kLine17{17};
constexpr Offset kLine27{27};
constexpr std::array kTwoLines{kLine17, kLine27};

/// A line is held from 100 to 200 ms; each ioctl takes 10 ms.
class OwnHoldsTest : public testing::Test {
 protected:
  static constexpr milliseconds kBegun{100};
  static constexpr milliseconds kTaken{110};
  static constexpr milliseconds kClosing{190};
  static constexpr milliseconds kClosed{200};

  OwnHolds::Id hold_from(milliseconds time) {
    const OwnHolds::Id id = holds_.begin(kTwoLines, time);
    holds_.taken(id, time + milliseconds(10));
    return id;
  }

  void close(OwnHolds::Id id, milliseconds time) {
    holds_.closing(id, time);
    holds_.closed(id, time + milliseconds(10));
  }

  void hold_and_close() { close(hold_from(kBegun), kClosing); }

  Whose whose(What what, int at) { return holds_.judge(kLine17, what, milliseconds(at)); }

  OwnHolds holds_;
};

class OwnEvents : public OwnHoldsTest {};

TEST_F(OwnEvents, AreNoneOfALineThatTheBrokerHasNeverHeld) {
  EXPECT_EQ(whose(What::requested, 5), Whose::others);
  EXPECT_EQ(whose(What::released, 5), Whose::others);
}

TEST_F(OwnEvents, AreThoseOfAHold) {
  hold_and_close();
  EXPECT_EQ(whose(What::requested, 105), Whose::own);
  EXPECT_EQ(whose(What::configured, 150), Whose::own);
  EXPECT_EQ(whose(What::released, 195), Whose::own);
}

TEST_F(OwnEvents, AreKnownWhileTheHoldLasts) {
  hold_from(kBegun);
  EXPECT_EQ(whose(What::requested, 105), Whose::own);
  EXPECT_EQ(whose(What::configured, 5000), Whose::own);
}

TEST_F(OwnEvents, AreKnownByTheirTimeHoweverLateTheyCome) {
  hold_and_close();
  close(hold_from(milliseconds(300)), milliseconds(390));
  EXPECT_EQ(whose(What::requested, 105), Whose::own);
  EXPECT_EQ(whose(What::released, 195), Whose::own);
  EXPECT_EQ(whose(What::requested, 305), Whose::own);
  EXPECT_EQ(whose(What::released, 395), Whose::own);
}

TEST_F(OwnEvents, AreNotThoseBeforeAndAfter) {
  hold_and_close();
  EXPECT_EQ(whose(What::released, 99), Whose::others);
  EXPECT_EQ(whose(What::requested, 201), Whose::others);
  EXPECT_EQ(whose(What::released, 202), Whose::others);
}

TEST_F(OwnEvents, AreNotThatSomebodyGivesBackWhatTheBrokerIsAboutToTake) {
  hold_from(kBegun);
  EXPECT_EQ(whose(What::released, 101), Whose::others);
  EXPECT_EQ(whose(What::requested, 105), Whose::own);
}

TEST_F(OwnEvents, AreNotThatSomebodyTakesWhatTheBrokerIsGivingBack) {
  hold_and_close();
  EXPECT_EQ(whose(What::released, 192), Whose::own);
  EXPECT_EQ(whose(What::requested, 194), Whose::others);
  EXPECT_EQ(whose(What::configured, 196), Whose::others);
  EXPECT_EQ(whose(What::released, 198), Whose::others);
}

TEST_F(OwnEvents, AreUnclearWhileARequestIsRefused) {
  const OwnHolds::Id refused = holds_.begin(kTwoLines, kBegun);
  holds_.closed(refused, kTaken);
  EXPECT_EQ(whose(What::requested, 105), Whose::unclear);
  EXPECT_EQ(whose(What::released, 106), Whose::unclear);
  EXPECT_EQ(whose(What::released, 115), Whose::others);
}

TEST_F(OwnEvents, AreUnclearWhileARequestIsBeingMade) {
  const OwnHolds::Id id = holds_.begin(kTwoLines, kBegun);
  EXPECT_EQ(whose(What::requested, 105), Whose::unclear);
  EXPECT_EQ(holds_.standing(kLine17), Standing::pending);
  holds_.taken(id, kTaken);
  EXPECT_EQ(holds_.standing(kLine17), Standing::held);
}

TEST_F(OwnEvents, AreUnclearWhenTheyComeAfterManyOthers) {
  hold_and_close();
  for (int i = 10; i < 110; ++i)
    close(hold_from(milliseconds(100 * i)), milliseconds(100 * i + 50));
  EXPECT_EQ(whose(What::released, 195), Whose::unclear);
  EXPECT_TRUE(holds_.held_since(kLine17, milliseconds(150)));
  EXPECT_EQ(whose(What::released, 100 * 109 + 55), Whose::own);
  EXPECT_EQ(whose(What::released, 100 * 109 + 70), Whose::others);
}

class AnOwnHold : public OwnHoldsTest {};

TEST_F(AnOwnHold, StandsUntilItIsClosed) {
  EXPECT_EQ(holds_.standing(kLine17), Standing::free);
  const OwnHolds::Id id = hold_from(kBegun);
  EXPECT_EQ(holds_.standing(kLine17), Standing::held);
  holds_.closing(id, kClosing);
  EXPECT_EQ(holds_.standing(kLine17), Standing::pending);
  holds_.closed(id, kClosed);
  EXPECT_EQ(holds_.standing(kLine17), Standing::free);
}

TEST_F(AnOwnHold, HasChangedALineUntilItsReleaseIsSeen) {
  EXPECT_FALSE(holds_.held_since(kLine17, milliseconds(0)));
  hold_and_close();
  EXPECT_TRUE(holds_.held_since(kLine17, milliseconds(150)));
  EXPECT_FALSE(holds_.held_since(kLine17, milliseconds(250)));
  (void)whose(What::released, 195);
  EXPECT_FALSE(holds_.held_since(kLine17, milliseconds(150)));
  EXPECT_TRUE(holds_.held_since(kLine27, milliseconds(150)));
}

TEST_F(AnOwnHold, ThatIsRefusedHasChangedNothing) {
  holds_.closed(holds_.begin(kTwoLines, kBegun), kTaken);
  EXPECT_FALSE(holds_.held_since(kLine17, milliseconds(0)));
}

/// Somebody else has a duplicate of the request.
class ALineWatchedApart : public OwnHoldsTest {
 protected:
  ALineWatchedApart() { holds_.set_apart(kLine17, true, milliseconds(120)); }
};

TEST_F(ALineWatchedApart, TellsOfEachConfigurationWhoeverMakesIt) {
  (void)hold_from(kBegun);
  EXPECT_EQ(whose(What::configured, 115), Whose::own) << "which was before";
  EXPECT_EQ(whose(What::configured, 130), Whose::others);
  EXPECT_EQ(holds_.judge(kLine27, What::configured, milliseconds(150)), Whose::own);
}

TEST_F(ALineWatchedApart, TellsOfItsReleaseWhoeverHasClosedTheRequestLast) {
  hold_and_close();
  EXPECT_EQ(whose(What::requested, 105), Whose::own);
  EXPECT_EQ(whose(What::released, 195), Whose::others);
}

TEST_F(ALineWatchedApart, IsLikeOthersOnceItIsNot) {
  holds_.set_apart(kLine17, false, milliseconds(130));
  hold_and_close();
  EXPECT_EQ(whose(What::configured, 150), Whose::own);
  EXPECT_EQ(whose(What::released, 195), Whose::own);
}

}  // namespace
}  // namespace gpiobroker::test
