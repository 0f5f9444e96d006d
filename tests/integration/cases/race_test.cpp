// SPDX-License-Identifier: GPL-2.0-or-later
// Many want one line at the same time: what they saw has to be what one after the other would see.
#include <algorithm>
#include <list>

#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

/// While a client surely held the line: from the answer that granted it to the call that ended it.
struct Hold {
  std::int64_t from = 0;
  std::int64_t until = 0;
};

class ARace : public BrokerTest {
 protected:
  /// All at once, each until it has had the line so many times.
  void run(unsigned clients, unsigned times) {
    std::list<ClientProcess> racers;
    for (unsigned i = 0; i < clients; ++i) racers.emplace_back(bus_.address(), client_user());
    for (ClientProcess& each : racers) each.start_race("GPIO17", times);
    for (ClientProcess& each : racers) note(each.end_of_race());
  }

  void note(const Json& result) {
    for (const Json& hold : result.at("holds")) holds_.push_back({hold.at(0), hold.at(1)});
    refused_ += result.at("refused").get<unsigned>();
  }

  /// Of operations on one lock whose true moments lie anywhere between call and answer, an order
  /// that fits exists if and only if no two were surely holders at once.
  [[nodiscard]] unsigned overlaps() {
    std::ranges::sort(holds_, {}, &Hold::from);
    unsigned count = 0;
    for (std::size_t i = 1; i < holds_.size(); ++i) {
      if (holds_[i].from < holds_[i - 1].until) ++count;
    }
    return count;
  }

  std::vector<Hold> holds_;
  unsigned refused_ = 0;
};

TEST_F(ARace, HasOneHolderAtATime) {
  constexpr unsigned kClients = 8;
  constexpr unsigned kTimes = 100;
  run(kClients, kTimes);
  EXPECT_EQ(holds_.size(), kClients * kTimes);
  EXPECT_EQ(overlaps(), 0U);
  EXPECT_GT(refused_, 0U) << "no race: nobody was ever in anybody's way";
  EXPECT_EQ(leases_granted(), kClients * kTimes);
}

}  // namespace
}  // namespace gpiobroker::test
