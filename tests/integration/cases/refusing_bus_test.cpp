// SPDX-License-Identifier: GPL-2.0-or-later
// A bus that takes nothing of what the broker sends, for a while: nobody loses what they have by
// it.
#include <filesystem>
#include <fstream>
#include <regex>

#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

/// There while the bus refuses everything.
class Refusal {
 public:
  [[nodiscard]] std::vector<std::string> wrapper() const {
    return {"env", "LD_PRELOAD=" + program_beside("libgpiobroker-test-refusing-bus.so"),
            "ASAN_OPTIONS=verify_asan_link_order=0", "GPIOBROKER_TEST_REFUSAL=" + file_};
  }
  void begin() const { std::ofstream(file_) << '\n'; }
  void end() const { std::filesystem::remove(file_); }

 private:
  TemporaryFolder folder_;
  std::string file_ = folder_.file("refusal");
};

class ABusThatRefuses : private Refusal, public BrokerTest {
 protected:
  ABusThatRefuses() : BrokerTest(wrapper()) {
    observer_.watch("type='signal',path='/org/gpiobroker1',member='PropertiesChanged'");
  }

  /// A lease that has been announced: LeaseCount is the last that is told of it.
  std::string announced_lease(const std::string& line, const Settings& settings) {
    std::string lease = lease_in(holder_.acquire({line}, settings));
    EXPECT_TRUE(eventually([this] { return !observer_.signals().empty(); }));
    return lease;
  }

  /// Has something done of which nothing can be sent, and waits until the broker has told of it.
  void refuse_while(const std::function<void()>& something, const std::string& what) {
    begin();
    something();
    EXPECT_TRUE(eventually([&] { return told_of(what) > 0; })) << daemon_.log();
    end();
  }

  [[nodiscard]] std::size_t told_of(const std::string& what) const {
    const std::string log = daemon_.log();
    const std::regex words(what + " could not be sent");
    return static_cast<std::size_t>(
        std::distance(std::sregex_iterator(log.begin(), log.end(), words), {}));
  }

  [[nodiscard]] std::uint64_t failures() {
    return properties(kManagerPath, kManager).at("SendFailures").get<std::uint64_t>();
  }

  ClientProcess holder_ = client();
};

TEST_F(ABusThatRefuses, SignalsAndAnswersEndsNothing) {
  const std::string lease = announced_lease("GPIO17", driven_high());
  EXPECT_EQ(failures(), 0U);
  refuse_while([&] { holder_.send(acquiring({"GPIO27"}, driven_high())); },
               "the signal InterfacesAdded");
  EXPECT_GT(failures(), 1U);
  EXPECT_EQ(told_of("the answer to AcquireLines"), 1U);
  EXPECT_THAT(holder_.set_values(lease, {{"GPIO17", 0}}), Succeeded());
  EXPECT_TRUE(pin(kGpio27).driven);
}

TEST_F(ABusThatRefuses, IsToldOfOnceAMinute) {
  announced_lease("GPIO17", driven_high());
  const auto refuse_a_few = [&] {
    for (int i = 0; i < 20; ++i) holder_.send(acquiring({"GPIO27"}, driven_high()));
  };
  refuse_while(refuse_a_few, "the answer to AcquireLines");
  const std::uint64_t before = failures();
  EXPECT_TRUE(eventually([&] {
    refuse_while(refuse_a_few, "the answer to AcquireLines");
    return failures() > before;
  }));
  EXPECT_EQ(told_of("the answer to [A-Za-z]+"), 1U);
}

TEST_F(ABusThatRefuses, AQuestionLeavesItsClientToTryAgain) {
  ClientProcess newcomer = client();
  refuse_while([&] { newcomer.send(acquiring({"GPIO17"}, driven_high())); },
               "the call of GetConnectionCredentials");
  EXPECT_THAT(newcomer.acquire({"GPIO17"}, driven_high()), Succeeded());
}

TEST_F(ABusThatRefuses, EdgesLeavesThoseThatComeLater) {
  const std::string lease =
      announced_lease("GPIO17", {{"direction", v("s", "input")}, {"edge", v("s", "both")}});
  holder_.watch("type='signal',interface='org.gpiobroker1.Lease',member='EdgesSeen'");
  ASSERT_THAT(holder_.call(on_lease(lease, "WatchEdges", "", Json::array())), Succeeded());
  refuse_while(
      [&] {
        // Not by a call that waits for an answer, which will not come.
        observer_.send({.path = "/org/gpiobroker1/chips/gpiochip0",
                        .interface = "org.gpiobroker1.Simulation",
                        .member = "DriveInput",
                        .signature = "ui",
                        .arguments = Json::array({17, 1})});
      },
      "the signal EdgesSeen");
  board_->drive(observer_, kGpio17, false);
  EXPECT_TRUE(eventually([&] { return !holder_.signals().empty(); }));
  EXPECT_EQ(properties(lease, kLease).at("EdgesLost"), Json::parse(R"({"GPIO17": 1})"))
      << "the edge that did not go out";
}

/// How many messages the bus has not taken yet, as the bus library says.
class Unsent {
 public:
  [[nodiscard]] std::vector<std::string> wrapper() const {
    return {"env", "LD_PRELOAD=" + program_beside("libgpiobroker-test-refusing-bus.so"),
            "ASAN_OPTIONS=verify_asan_link_order=0", "GPIOBROKER_TEST_UNSENT=" + file_};
  }
  void are(unsigned count) const { std::ofstream(file_) << count << '\n'; }

 private:
  TemporaryFolder folder_;
  std::string file_ = folder_.file("unsent");
};

class ABusThatTakesNothing : protected Unsent, public BrokerTest {
 protected:
  ABusThatTakesNothing() : BrokerTest(wrapper()) {}

  /// Returns once the broker has told that it has not answered.
  void expect_no_answer(ClientProcess& client) {
    client.send(on_manager("ReleaseLines", "asa{sv}", Json::array({Json::array(), {}})));
    const std::string words = "refused ReleaseLines to " + client.bus_name();
    EXPECT_TRUE(eventually([&] { return daemon_.log().find(words) != std::string::npos; }));
    EXPECT_THAT(daemon_.log(), HasSubstr("Unread: it is not answered: the bus takes nothing"));
  }

  ClientProcess known_ = client();
  ClientProcess new_ = client();
};

TEST_F(ABusThatTakesNothing, IsGivenNoMoreThanAThousandAndTwentyFourMessagesToKeep) {
  are(1023);
  EXPECT_THAT(known_.acquire({"GPIO17"}, driven_high()), Succeeded());
  are(1024);
  expect_no_answer(known_);
  expect_no_answer(new_);
  are(0);
  EXPECT_THAT(known_.acquire({"GPIO27"}, driven_high()), Succeeded());
  EXPECT_TRUE(pin(kGpio17).driven) << "what was not answered was not done";
  EXPECT_EQ(properties(kManagerPath, kManager).at("CallsRefused").value("Unread", 0), 2);
}

}  // namespace
}  // namespace gpiobroker::test
