// SPDX-License-Identifier: GPL-2.0-or-later
// Programs that share lines: who sees what, and what one's end means to the others.
#include "cases/edge_reader.h"

namespace gpiobroker::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Settings shared(const std::string& edge = "both") {
  return {{"access", v("s", "shared")}, {"direction", v("s", "input")}, {"edge", v("s", edge)}};
}

Settings observing() {
  return {{"access", v("s", "observe")}, {"edge", v("s", "both")}};
}

class ASharedButton : public BrokerTest {
 protected:
  ASharedButton() { press(false); }

  void press(bool high) { board_->drive(observer_, kGpio17, high); }

  /// Presses and waits until everybody has heard: a kernel may make one of two edges in a row.
  void press_and_hear(bool high, std::initializer_list<EdgeReader*> readers) {
    std::vector<std::size_t> before;
    for (EdgeReader* reader : readers) before.push_back(reader->heard().size());
    press(high);
    std::size_t i = 0;
    for (EdgeReader* reader : readers) {
      EXPECT_TRUE(eventually([&] { return reader->heard().size() > before.at(i); }));
      ++i;
    }
  }
};

TEST_F(ASharedButton, IsSeenByEverybodyInTheSameSequence) {
  EdgeReader first(bus_.address(), client_user(), {"GPIO17"}, shared());
  EdgeReader second(bus_.address(), kSomebodyElse, {"GPIO17"}, shared());
  EdgeReader third(bus_.address(), client_user(), {"GPIO17"}, observing());
  for (const bool high : {true, false, true}) press_and_hear(high, {&first, &second, &third});
  for (EdgeReader* reader : {&first, &second, &third}) {
    EXPECT_THAT(reader->words(), ElementsAre("rising 1", "falling 2", "rising 3"));
  }
}

TEST_F(ASharedButton, IsStillSeenByTheOthersWhenOneIsKilled) {
  EdgeReader first(bus_.address(), client_user(), {"GPIO17"}, shared());
  EdgeReader second(bus_.address(), client_user(), {"GPIO17"}, shared());
  press_and_hear(true, {&first, &second});
  first.client().kill();
  wait_for_goodbye(first.client());
  press_and_hear(false, {&second});
  EXPECT_THAT(second.words(), ElementsAre("rising 1", "falling 2"));
  EXPECT_EQ(line("GPIO17").at("Used"), true);
}

TEST_F(ASharedButton, IsGivenBackByTheLast) {
  ClientProcess first = client();
  ClientProcess second = client();
  EXPECT_THAT(first.acquire({"GPIO17"}, shared()), Succeeded());
  EXPECT_THAT(second.acquire({"GPIO17"}, shared()), Succeeded());
  first.kill();
  wait_for_goodbye(first);
  EXPECT_EQ(line("GPIO17").at("Used"), true);
  second.kill();
  wait_for_goodbye(second);
  EXPECT_EQ(line("GPIO17").at("Used"), false);
}

TEST_F(ASharedButton, IsRefusedToWhomWantsItDifferent) {
  ClientProcess first = client();
  ClientProcess second = client();
  EXPECT_THAT(first.acquire({"GPIO17"}, shared()), Succeeded());
  Settings other = shared();
  other["debounce-period"] = v("u", 5000);
  EXPECT_THAT(second.acquire({"GPIO17"}, other),
              RefusedFor("Busy", HasSubstr("debounce-period, 5000 us instead of 0")));
}

class AnObservedOutput : public BrokerTest {};

TEST_F(AnObservedOutput, IsSeenToGoOnAndOff) {
  EdgeReader reader(bus_.address(), kSomebodyElse, {"GPIO17"}, observing());
  EXPECT_EQ(reader.standing(), Json::array({Json::array({"GPIO17", 0, 0})}));
  ClientProcess driver = client();
  const std::string lease = lease_in(driver.acquire({"GPIO17"}, {{"direction", v("s", "output")}}));
  for (const int value : {1, 0, 1, 0}) {
    EXPECT_THAT(driver.set_values(lease, {{"GPIO17", value}}), Succeeded());
  }
  EXPECT_TRUE(eventually([&] { return reader.heard().size() == 4; }));
  EXPECT_THAT(reader.words(), ElementsAre("rising 1", "falling 2", "rising 3", "falling 4"));
}

TEST_F(AnObservedOutput, IsNotTheObserversToDrive) {
  ClientProcess driver = client();
  EXPECT_THAT(driver.acquire({"GPIO17"}, driven_high()), Succeeded());
  ClientProcess watcher = client();
  const std::string lease = lease_in(watcher.acquire({"GPIO17"}, observing()));
  EXPECT_EQ(watcher.get_values(lease).values.at(0).at("GPIO17"), 1);
  EXPECT_THAT(watcher.set_values(lease, {{"GPIO17", 0}}), RefusedFor("NotAnOutput"));
  watcher.kill();
  wait_for_goodbye(watcher);
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(AnObservedOutput, CanBeForbidden) {
  ClientProcess driver = client();
  Settings settings = driven_high();
  settings["unobserved"] = v("b", true);
  EXPECT_THAT(driver.acquire({"GPIO17"}, settings), Succeeded());
  EXPECT_THAT(client().acquire({"GPIO17"}, observing()), RefusedFor("Busy"));
}

TEST_F(AnObservedOutput, IsNotSeenAnyMoreByWhoWasThereFirst) {
  ClientProcess watcher = client(kSomebodyElse);
  watcher.watch("type='signal',interface='org.gpiobroker1.Lease',member='Ended'");
  ASSERT_THAT(watcher.acquire({"GPIO17"}, observing()), Succeeded());
  ClientProcess driver = client();
  Settings settings = driven_high();
  settings["unobserved"] = v("b", true);
  ASSERT_THAT(driver.acquire({"GPIO17"}, settings), Succeeded());
  Json heard;
  EXPECT_TRUE(eventually([&] {
    heard = watcher.signals();
    return !heard.empty();
  }));
  EXPECT_EQ(heard.at(0).at("arguments").at(0), "revoked");
  EXPECT_EQ(lease_paths().size(), 1U);
}

class ATransferredLease : public BrokerTest {
 protected:
  Reply accept(ClientProcess& client) {
    return client.call(on_manager("AcceptLease", "o", Json::array({lease_})));
  }
  Reply offer(ClientProcess& client, const std::string& to) {
    return client.call(on_lease(lease_, "Offer", "s", Json::array({to})));
  }

  ClientProcess giver_ = client();
  ClientProcess taker_ = client(kRoot);
  std::string lease_ = lease_in(giver_.acquire({"GPIO17"}, driven_high()));
};

TEST_F(ATransferredLease, LivesAndDiesWithItsNewHolder) {
  giver_.watch("type='signal',interface='org.gpiobroker1.Lease',member='Ended'");
  EXPECT_THAT(offer(giver_, taker_.bus_name()), Succeeded());
  EXPECT_THAT(accept(taker_), Succeeded());
  Json heard;
  EXPECT_TRUE(eventually([&] { return !(heard = giver_.signals()).empty(); }));
  EXPECT_EQ(heard.at(0).at("arguments"), Json::array({"transferred", ""}));
  giver_.kill();
  wait_for_goodbye(giver_);
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_EQ(properties(lease_, kLease).at("Holder"), taker_.bus_name());
  taker_.kill();
  EXPECT_TRUE(eventually([&] { return is_safe(kGpio17); }));
}

TEST_F(ATransferredLease, WasOffered) {
  EXPECT_THAT(accept(taker_), RefusedFor("NoSuchLease"));
  EXPECT_THAT(offer(giver_, "org.example.Somebody"), RefusedFor("InvalidSetting"));
  EXPECT_THAT(taker_.call(on_manager("AcceptLease", "o", Json::array({"/"}))),
              RefusedFor("NoSuchLease"));
}

}  // namespace
}  // namespace gpiobroker::test
