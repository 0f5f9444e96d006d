// SPDX-License-Identifier: GPL-2.0-or-later
// When a failed reset is tried again. Times are values.
#include "core/chip/quarantine.h"

#include <gmock/gmock.h>

namespace gpiobroker::core {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr LineId kOne{ChipId{0}, Offset{1}};
constexpr LineId kTwo{ChipId{0}, Offset{2}};
constexpr Instant kStart = 1000s;

TEST(AQuarantine, IsEmptyAtFirst) {
  const Quarantine quarantine;
  EXPECT_THAT(quarantine.all(), IsEmpty());
  EXPECT_FALSE(quarantine.next_due());
  EXPECT_THAT(quarantine.due(kStart), IsEmpty());
  EXPECT_EQ(quarantine.find(kOne), nullptr);
}

TEST(AQuarantine, KeepsWhyAndHowOften) {
  Quarantine quarantine;
  quarantine.note_failure(kOne, "no answer", kStart);
  quarantine.note_failure(kOne, "still driven", kStart);
  ASSERT_NE(quarantine.find(kOne), nullptr);
  EXPECT_EQ(quarantine.find(kOne)->why, "still driven");
  EXPECT_EQ(quarantine.find(kOne)->attempts, 2U);
}

TEST(AQuarantine, WaitsTwiceAsLongEachTimeUpToThirtySeconds) {
  Quarantine quarantine;
  for (const Instant delay : {100ms, 200ms, 400ms, 800ms, 1600ms, 3200ms, 6400ms, 12800ms, 25600ms,
                              30000ms, 30000ms, 30000ms}) {
    quarantine.note_failure(kOne, "", kStart);
    EXPECT_EQ(quarantine.next_due(), kStart + delay) << quarantine.find(kOne)->attempts;
  }
}

TEST(AQuarantine, NeverWaitsLongerHoweverOftenItFails) {
  Quarantine quarantine;
  for (int i = 0; i < 100'000; ++i) quarantine.note_failure(kOne, "", kStart);
  EXPECT_EQ(quarantine.next_due(), kStart + 30s);
}

TEST(AQuarantine, IsDueAtItsInstantAndNotBefore) {
  Quarantine quarantine;
  quarantine.note_failure(kOne, "", kStart);
  EXPECT_THAT(quarantine.due(kStart + 100ms - 1ns), IsEmpty());
  EXPECT_THAT(quarantine.due(kStart + 100ms), ElementsAre(kOne));
}

TEST(AQuarantine, IsDueLineByLine) {
  Quarantine quarantine;
  quarantine.note_failure(kTwo, "", kStart);
  quarantine.note_failure(kOne, "", kStart + 50ms);
  EXPECT_EQ(quarantine.next_due(), kStart + 100ms);
  EXPECT_THAT(quarantine.due(kStart + 100ms), ElementsAre(kTwo));
  EXPECT_THAT(quarantine.due(kStart + 150ms), ElementsAre(kOne, kTwo));
}

TEST(AQuarantine, StartsOverWithALineThatWasFreed) {
  Quarantine quarantine;
  quarantine.note_failure(kOne, "", kStart);
  quarantine.note_failure(kOne, "", kStart);
  quarantine.free(kOne);
  EXPECT_EQ(quarantine.find(kOne), nullptr);
  quarantine.note_failure(kOne, "", kStart);
  EXPECT_EQ(quarantine.next_due(), kStart + 100ms);
}

}  // namespace
}  // namespace gpiobroker::core
