// SPDX-License-Identifier: GPL-2.0-or-later
// Room for calls of clients that nobody knows yet.
#include "bus/callers/strangers.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace gpiobroker::bus {
namespace {

using core::ClientName;

class AStranger : public testing::Test {
 protected:
  /// Takes room that is kept until the test ends. Returns whether there was some.
  bool waits(const ClientName& client, std::size_t size) {
    auto room = strangers_.make_room(client, size);
    if (room) rooms_.push_back(std::move(*room));
    return room.has_value();
  }

  static ClientName client(int number) { return {":1." + std::to_string(number)}; }

  Strangers strangers_;
  std::vector<Strangers::Room> rooms_;
};

TEST_F(AStranger, MayWaitWithOneLargeCall) {
  EXPECT_TRUE(waits(client(1), 100'000));
  EXPECT_FALSE(waits(client(1), 10));
  EXPECT_TRUE(waits(client(2), 10));
}

TEST_F(AStranger, MayWaitWithSomeSmallCalls) {
  int calls = 0;
  while (waits(client(1), 256)) ++calls;
  EXPECT_EQ(calls, 32);
}

TEST_F(AStranger, GivesItsRoomBackOnceNobodyKeepsIt) {
  EXPECT_TRUE(waits(client(1), 100'000));
  rooms_.clear();
  EXPECT_EQ(strangers_.bytes(), 0U);
  EXPECT_TRUE(waits(client(1), 100'000));
}

TEST_F(AStranger, WithASmallCallFindsRoomBesideManyWithLargeOnes) {
  int number = 1;
  while (waits(client(number), 100'000)) ++number;
  EXPECT_LE(strangers_.bytes(), Strangers::kMostInLarge);
  EXPECT_TRUE(waits(client(number), 200));
}

TEST_F(AStranger, IsOneOfSoManyAtMost) {
  int number = 1;
  while (waits(client(number), 1000)) ++number;
  EXPECT_LE(strangers_.bytes(), Strangers::kMost);
  EXPECT_GT(strangers_.bytes(), Strangers::kMost - 2000);
}

}  // namespace
}  // namespace gpiobroker::bus
