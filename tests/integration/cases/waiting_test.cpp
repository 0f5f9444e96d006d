// SPDX-License-Identifier: GPL-2.0-or-later
// Clients that wait for a line that another one has.
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class AClientThatWaits : public BrokerTest {
 protected:
  AClientThatWaits() : lease_(lease_in(holder_.acquire({"GPIO17"}, driven_high()))) {}

  static Settings waiting(int milliseconds) { return {{"wait-ms", v("u", milliseconds)}}; }

  /// Who has the line; nobody: empty.
  std::string holder_of_the_line() {
    const std::string lease = line("GPIO17").at("Lease");
    return lease == "/" ? "" : properties(lease, kLease).at("Holder").get<std::string>();
  }

  bool waiter_gets_the_line() {
    return eventually([this] { return holder_of_the_line() == waiter_.bus_name(); });
  }

  static constexpr int kLong = 600'000;

  ClientProcess holder_ = client();
  ClientProcess waiter_ = client();
  std::string lease_;
};

TEST_F(AClientThatWaits, GetsALineThatIsFreeAtOnce) {
  EXPECT_THAT(waiter_.acquire({"GPIO27"}, waiting(kLong)), Succeeded());
}

TEST_F(AClientThatWaits, GetsTheLineWhenItIsReleased) {
  waiter_.send(acquiring({"GPIO17"}, waiting(kLong)));
  waiter_.wait_for_bus();
  EXPECT_THAT(holder_.release(lease_), Succeeded());
  EXPECT_TRUE(waiter_gets_the_line());
}

TEST_F(AClientThatWaits, GetsTheLineWhenItsHolderIsKilled) {
  waiter_.send(acquiring({"GPIO17"}, waiting(kLong)));
  waiter_.wait_for_bus();
  holder_.kill();
  EXPECT_TRUE(waiter_gets_the_line());
  EXPECT_FALSE(pin(kGpio17).driven) << "it was reset in between";
}

TEST_F(AClientThatWaits, IsRefusedWhenItsTimeIsOver) {
  EXPECT_THAT(waiter_.acquire({"GPIO17"}, waiting(100)),
              RefusedFor("Busy", HasSubstr("is held by uid")));
}

TEST_F(AClientThatWaits, GetsAFreeLineOnceWhoCameEarlierHasWaitedInVain) {
  ClientProcess earlier = client();
  earlier.send(acquiring({"GPIO17", "GPIO27"}, waiting(500)));
  earlier.wait_for_bus();
  EXPECT_THAT(waiter_.acquire({"GPIO27"}, {}), RefusedFor("Busy", HasSubstr("others wait for")));
  EXPECT_THAT(waiter_.acquire({"GPIO27"}, waiting(kLong)), Succeeded());
}

TEST_F(AClientThatWaits, SharesALineOnceItsHolderHasItSetInTheSameWay) {
  Settings shared{{"direction", v("s", "input")}, {"access", v("s", "shared")}};
  Settings pulled = shared;
  pulled["bias"] = v("s", "pull-up");
  const std::string lease = lease_in(holder_.acquire({"GPIO27"}, pulled));
  EXPECT_THAT(waiter_.acquire({"GPIO27"}, shared), RefusedFor("Busy", HasSubstr("bias")));
  shared.merge(waiting(kLong));
  waiter_.send(acquiring({"GPIO27"}, shared));
  waiter_.wait_for_bus();
  EXPECT_THAT(holder_.reconfigure(lease, {}, {{"bias", v("s", "as-is")}}), Succeeded());
  EXPECT_TRUE(eventually([this] { return lease_paths().size() == 3; }));
}

TEST_F(AClientThatWaits, IsRefusedAtOnceForWhatTimeCannotMend) {
  EXPECT_THAT(waiter_.acquire({"GPIO17", "NOWHERE"}, waiting(kLong)), RefusedFor("NoSuchLine"));
  EXPECT_THAT(waiter_.acquire({"GPIO17"}, waiting(-1)), RefusedFor("InvalidSetting"));
}

TEST_F(AClientThatWaits, GetsNothingOnceItIsGone) {
  waiter_.send(acquiring({"GPIO17"}, waiting(kLong)));
  waiter_.wait_for_bus();
  waiter_.kill();
  wait_for_goodbye(waiter_);
  EXPECT_THAT(holder_.release(lease_), Succeeded());
  EXPECT_THAT(lease_paths(), IsEmpty());
  EXPECT_THAT(holder_.acquire({"GPIO17"}, {}), Succeeded());
}

TEST_F(AClientThatWaits, GetsNothingThatItHasReleasedMeanwhile) {
  waiter_.send(acquiring({"GPIO17", "GPIO27"}, waiting(kLong)));
  waiter_.send(acquiring({"GPIO17", "EXP3"}, waiting(kLong)));
  EXPECT_THAT(waiter_.release_lines({"GPIO27"}), Succeeded());
  EXPECT_THAT(waiter_.release_lines({}), Succeeded());
  EXPECT_THAT(holder_.release(lease_), Succeeded());
  EXPECT_THAT(lease_paths(), IsEmpty());
  EXPECT_THAT(holder_.acquire({"GPIO17", "GPIO27", "EXP3"}, {}), Succeeded());
}

TEST_F(AClientThatWaits, HasOneLeaseHoweverOftenItHasTriedAgain) {
  for (int i = 0; i < 40; ++i) waiter_.send(acquiring({"GPIO17"}, waiting(kLong)));
  waiter_.wait_for_bus();
  EXPECT_THAT(holder_.release(lease_), Succeeded());
  EXPECT_TRUE(waiter_gets_the_line());
  EXPECT_THAT(waiter_.release_lines({}), Succeeded());
  EXPECT_THAT(lease_paths(), IsEmpty());
}

TEST_F(AClientThatWaits, IsNotDrivenForOnceItWasToldThatItsLineIsBusy) {
  waiter_.send(acquiring({"GPIO17"}, waiting(kLong)));
  EXPECT_THAT(waiter_.acquire({"GPIO17"}, {}), RefusedFor("Busy", HasSubstr("is held by uid")));
  EXPECT_THAT(holder_.release(lease_), Succeeded());
  EXPECT_THAT(lease_paths(), IsEmpty());
}

TEST_F(AClientThatWaits, GetsTheLineInPlaceOfOneWhoWaitedLongerAndIsGone) {
  ClientProcess earlier = client();
  for (ClientProcess* each : {&earlier, &waiter_}) {
    each->send(acquiring({"GPIO17"}, waiting(kLong)));
    each->wait_for_bus();
  }
  earlier.kill();
  wait_for_goodbye(earlier);
  EXPECT_THAT(holder_.release(lease_), Succeeded());
  EXPECT_TRUE(waiter_gets_the_line());
}

}  // namespace
}  // namespace gpiobroker::test
