// SPDX-License-Identifier: GPL-2.0-or-later
// Edges on the bus: from where they start, how to wait for them, and who does not read them.
#include <fstream>
#include <memory>

#include "cases/edge_reader.h"

namespace gpiobroker::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Settings button() {
  return {{"direction", v("s", "input")}, {"edge", v("s", "both")}};
}

class AButton : public BrokerTest {
 protected:
  AButton() { press(false); }

  void press(bool high) { board_->drive(observer_, kGpio17, high); }

  static Call waiting_for(const std::string& lease, unsigned milliseconds) {
    return on_lease(lease, "WaitForEdges", "u", Json::array({milliseconds}));
  }

  static Call waiting_after(std::uint64_t received, const std::string& lease,
                            unsigned milliseconds) {
    return on_lease(lease, "WaitForEdgesAfter", "tu", Json::array({received, milliseconds}));
  }
};

TEST_F(AButton, IsSeenFromALevelOn) {
  press(true);
  EdgeReader reader(bus_.address(), client_user(), {"GPIO17"}, button());
  EXPECT_EQ(reader.standing(), Json::array({Json::array({"GPIO17", 1, 0})}));
  press(false);
  EXPECT_TRUE(eventually([&] { return !reader.heard().empty(); }));
  EXPECT_THAT(reader.words(), ElementsAre("falling 1"));
}

TEST_F(AButton, TellsNobodyWhoDidNotAsk) {
  ClientProcess holder = client();
  holder.watch("type='signal',interface='org.gpiobroker1.Lease'");
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, button()));
  press(true);
  EXPECT_THAT(edges_in(holder.call(waiting_for(lease, 30'000)).values.at(0)),
              ElementsAre(SeenEdge{"GPIO17", "rising", 1, 1}));
  EXPECT_THAT(holder.signals(), IsEmpty());
}

/// The taker is a stranger until the bus has said who it is, so its calls are carried out together.
TEST_F(AButton, IsWatchedByWhoTakesItOverAndWatchesWithoutWaitingForTheAnswer) {
  ClientProcess giver = client();
  const std::string lease = lease_in(giver.acquire({"GPIO17"}, button()));
  ClientProcess taker = client();
  taker.watch("type='signal',interface='org.gpiobroker1.Lease',member='EdgesSeen'");
  ASSERT_THAT(giver.call(on_lease(lease, "Offer", "s", Json::array({taker.bus_name()}))),
              Succeeded());
  taker.send(on_manager("AcceptLease", "o", Json::array({lease})));
  taker.send(on_lease(lease, "WatchEdges", "", Json::array()));
  taker.wait_for_bus();
  ASSERT_TRUE(
      eventually([&] { return properties(lease, kLease).at("Holder") == taker.bus_name(); }));
  EXPECT_TRUE(eventually([&, high = false]() mutable {
    press(high = !high);
    return !taker.signals().empty();
  }));
}

TEST_F(AButton, CanBeWaitedForWithoutMissingWhatCameBefore) {
  ClientProcess holder = client();
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, button()));
  std::vector<SeenEdge> seen;
  for (const bool high : {true, false, true}) {
    press(high);
    const auto edges = edges_in(holder.call(waiting_for(lease, 30'000)).values.at(0));
    seen.insert(seen.end(), edges.begin(), edges.end());
  }
  EXPECT_THAT(seen,
              ElementsAre(SeenEdge{"GPIO17", "rising", 1, 1}, SeenEdge{"GPIO17", "falling", 2, 2},
                          SeenEdge{"GPIO17", "rising", 3, 3}));
}

TEST_F(AButton, IsNotWaitedForLongerThanWanted) {
  ClientProcess holder = client();
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, button()));
  EXPECT_THAT(holder.call(waiting_for(lease, 0)).values.at(0), IsEmpty());
  EXPECT_THAT(holder.call(waiting_for(lease, 20)).values.at(0), IsEmpty());
}

TEST_F(AButton, IsNoReasonToWaitWhenTheLeaseEnds) {
  ClientProcess holder = client();
  Settings settings = button();
  settings["ttl-ms"] = v("u", 100);
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, settings));
  EXPECT_THAT(holder.call(waiting_for(lease, 30'000)), RefusedFor("NoSuchLease"));
}

TEST_F(AButton, IsSeenByTheNextWhenOneWhoWaitedIsGone) {
  Settings settings = button();
  settings["lifetime"] = v("s", "persistent");
  ClientProcess gone = client();
  const std::string lease = lease_in(gone.acquire({"GPIO17"}, settings));
  gone.send(waiting_for(lease, 600'000));
  gone.wait_for_bus();
  gone.kill();
  wait_for_goodbye(gone);
  press(true);
  EXPECT_THAT(edges_in(client().call(waiting_for(lease, 30'000)).values.at(0)),
              ElementsAre(SeenEdge{"GPIO17", "rising", 1, 1}));
}

TEST_F(AButton, IsSeenByTheLastCallOfAClientThatGaveUpEarlierOnes) {
  ClientProcess holder = client();
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, button()));
  for (int i = 0; i < 9; ++i) holder.send(waiting_for(lease, 600'000));
  EXPECT_THAT(holder.call(waiting_for(lease, 0)).values.at(0), IsEmpty());
  const auto edges_after = [&](bool high) {
    press(high);
    return edges_in(holder.call(waiting_for(lease, 30'000)).values.at(0));
  };
  EXPECT_THAT(edges_after(true), ElementsAre(SeenEdge{"GPIO17", "rising", 1, 1}));
  EXPECT_THAT(edges_after(false), ElementsAre(SeenEdge{"GPIO17", "falling", 2, 2}));
}

TEST_F(AButton, IsSeenAgainByAClientThatGaveUpTheCallThatWasAnswered) {
  ClientProcess holder = client();
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, button()));
  const auto edges_after = [&](std::uint64_t received) {
    return edges_in(holder.call(waiting_after(received, lease, 0)).values.at(0));
  };
  const auto comes_to = [&](std::size_t count) {
    return eventually([&] { return edges_after(0).size() == count; });
  };
  holder.send(waiting_after(0, lease, 600'000));
  holder.wait_for_bus();
  press(true);
  EXPECT_TRUE(comes_to(1));
  EXPECT_THAT(edges_after(0), ElementsAre(SeenEdge{"GPIO17", "rising", 1, 1}));
  press(false);
  EXPECT_TRUE(comes_to(2));
  EXPECT_THAT(edges_after(0),
              ElementsAre(SeenEdge{"GPIO17", "rising", 1, 1}, SeenEdge{"GPIO17", "falling", 2, 2}));
  EXPECT_THAT(edges_after(1), ElementsAre(SeenEdge{"GPIO17", "falling", 2, 2}));
  EXPECT_THAT(edges_after(2), IsEmpty());
}

TEST_F(AButton, IsNotWaitedForAfterAnEdgeThatNeverWas) {
  ClientProcess holder = client();
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, button()));
  press(true);
  EXPECT_THAT(holder.call(waiting_after(2, lease, 0)), RefusedFor("InvalidValue"));
  EXPECT_THAT(edges_in(holder.call(waiting_after(0, lease, 30'000)).values.at(0)),
              ElementsAre(SeenEdge{"GPIO17", "rising", 1, 1}));
}

TEST_F(AButton, IsWaitedForByEightConnectionsAtMost) {
  Settings settings = button();
  settings["lifetime"] = v("s", "persistent");
  ClientProcess holder = client();
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, settings));
  std::vector<std::unique_ptr<ClientProcess>> others;
  for (int i = 0; i < 8; ++i) {
    others.push_back(std::make_unique<ClientProcess>(bus_.address(), client_user()));
    EXPECT_THAT(others.back()->get_values(lease), Succeeded());  // the bus has told of it
    others.back()->send(waiting_for(lease, 600'000));
    others.back()->wait_for_bus();
  }
  EXPECT_THAT(holder.call(waiting_for(lease, 600'000)), RefusedFor("QuotaExceeded"));
  press(true);
  EXPECT_TRUE(eventually([&] { return holder.get_values(lease).values.at(0).at("GPIO17") == 1; }));
}

TEST_F(AButton, ThatNobodyPressesIsToldOf) {
  Settings settings = button();
  settings["edge-timeout-ms"] = v("u", 20);
  EdgeReader reader(bus_.address(), client_user(), {"GPIO17"}, settings);
  EXPECT_TRUE(eventually([&] { return reader.heard().size() >= 3; }));
  EXPECT_EQ(reader.words().front(), "timeout 0");
}

TEST_F(AButton, AsksWhoWatchesItOnceForABurstWhateverTheAnswerIs) {
  EdgeReader reader(bus_.address(), client_user(), {"GPIO17"}, button());
  reader.client().refuse_pings();
  press(true);
  EXPECT_TRUE(eventually([&] { return reader.client().pings() > 0; }));
  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT(reader.client().get_values(reader.lease()), Succeeded());
  }
  EXPECT_EQ(reader.client().pings(), 1U);
  press(false);
  EXPECT_TRUE(eventually([&] { return reader.heard().size() == 2; }));
}

/// One client never looks at what comes to it, and one does.
class AFloodOfEdges : public AButton {
 protected:
  static constexpr std::size_t kEdges = 1000;

  static Settings shared(unsigned buffer) {
    Settings settings = button();
    settings["access"] = v("s", "shared");
    settings["event-buffer-size"] = v("u", buffer);
    return settings;
  }

  /// Presses until so many edges have come to somebody who reads. Two presses may make one edge.
  void rage(EdgeReader& reader) {
    bool high = false;
    EXPECT_TRUE(eventually([&] {
      for (int i = 0; i < 64; ++i) press(high = !high);
      return reader.heard().size() >= kEdges;
    }));
  }

  std::size_t daemon_memory() {
    std::ifstream status("/proc/" + std::to_string(daemon_.process().pid()) + "/status");
    for (std::string word; status >> word;) {
      std::size_t kilobytes = 0;
      if (word == "VmRSS:" && status >> kilobytes) return kilobytes;
    }
    return 0;
  }
};

TEST_F(AFloodOfEdges, LosesNothingForWhoeverReads) {
  EdgeReader idle(bus_.address(), client_user(), {"GPIO17"}, shared(16));
  EdgeReader reader(bus_.address(), client_user(), {"GPIO17"}, shared(1024));
  rage(reader);
  std::uint64_t last = 0;
  for (const SeenEdge& edge : reader.heard()) {
    ASSERT_EQ(edge.line_sequence, ++last);
  }
  EXPECT_THAT(reader.lost(), IsEmpty());
}

TEST_F(AFloodOfEdges, IsCountedForWhoeverDoesNotRead) {
  EdgeReader idle(bus_.address(), client_user(), {"GPIO17"}, shared(16));
  EdgeReader reader(bus_.address(), client_user(), {"GPIO17"}, shared(1024));
  rage(reader);
  EXPECT_GT(properties(idle.lease(), kLease).at("EdgesLost").at("GPIO17"), kEdges / 2);
  const auto count = [this](const char* name) {
    return properties(kManagerPath, kManager).at(name);
  };
  EXPECT_TRUE(eventually([&] { return idle.heard().back().line_sequence == count("Edges"); }));
  EXPECT_EQ(count("EdgesLost"), idle.lost().at("GPIO17"));
  EXPECT_EQ(idle.heard().size() + idle.lost().at("GPIO17").get<std::size_t>(),
            idle.heard().back().line_sequence);
}

TEST_F(AFloodOfEdges, DoesNotFillTheBrokersMemoryForWhoeverDoesNotRead) {
  constexpr std::size_t kSlack = 4096;  // KiB
  EdgeReader idle(bus_.address(), client_user(), {"GPIO17"}, shared(1024));
  EdgeReader reader(bus_.address(), client_user(), {"GPIO17"}, shared(1024));
  press(true);
  EXPECT_TRUE(eventually([&] { return !reader.heard().empty(); }));
  const std::size_t before = daemon_memory();
  rage(reader);
  EXPECT_LT(daemon_memory(), before + kSlack);
}

TEST_F(AFloodOfEdges, DoesNotKeepALineFromItsReset) {
  EdgeReader idle(bus_.address(), client_user(), {"GPIO17"}, shared(1024));
  EdgeReader reader(bus_.address(), client_user(), {"GPIO17"}, shared(1024));
  ClientProcess driver = client();
  EXPECT_THAT(driver.acquire({"GPIO27"}, driven_high()), Succeeded());
  rage(reader);
  driver.kill();
  EXPECT_TRUE(eventually([&] { return is_safe(kGpio27); }));
}

/// On a bus that passes on no question to a client whether it reads.
class AButtonOnABusWithoutPings : public testing::Test {
 protected:
  static DaemonProcess::Options options(const TestBus& bus, const Board& board) {
    DaemonProcess::Options options{.arguments = board.daemon_arguments()};
    options.arguments.insert(options.arguments.end(), {"--address", bus.address()});
    return options;
  }

  TestBus bus_{R"(<deny send_interface="org.freedesktop.DBus.Peer" send_member="Ping"/>)"};
  std::unique_ptr<Board> board_ = make_board();
  DaemonProcess daemon_{options(bus_, *board_)};
};

TEST_F(AButtonOnABusWithoutPings, IsNotSentOnToWhomMayNotHaveReadWhatCameBefore) {
  constexpr int kPresses = 64;
  daemon_.wait_until_ready();
  ClientProcess observer(bus_.address(), kRoot);
  Settings settings{{"direction", v("s", "input")}, {"edge", v("s", "both")}};
  settings["event-buffer-size"] = v("u", 16);
  EdgeReader reader(bus_.address(), kNobody, {"GPIO17"}, settings);
  // Again and again: chips of the kernel's that are tests themselves make one edge of several.
  EXPECT_TRUE(eventually([&] {
    for (int i = 0; i < kPresses; ++i) board_->drive(observer, kGpio17, i % 2 == 0);
    const Reply lost = reader.client().call({.path = reader.lease(),
                                             .interface = kProperties,
                                             .member = "Get",
                                             .signature = "ss",
                                             .arguments = Json::array({kLease, "EdgesLost"})});
    return lost.values.at(0).value("GPIO17", 0) > kPresses / 2;
  }));
}

}  // namespace
}  // namespace gpiobroker::test
