// SPDX-License-Identifier: GPL-2.0-or-later
// The client library as a program meets it that is written with it.
#include <cstdlib>

#include <sys/wait.h>

#include "gpiobroker/broker.h"
#include "gpiobroker/edge_watch.h"
#include "gpiobroker/lease_watch.h"
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

const gpiobroker::Settings kOutput{.direction = Direction::output};
const gpiobroker::Settings kButton{.direction = Direction::input, .edge = Edge::both};

/// The word for a program, and part of the sentence for a person.
void expect_error(const std::function<void()>& call, const std::string& reason,
                  const std::string& words) {
  try {
    call();
    ADD_FAILURE() << "did not throw " << reason;
  } catch (const gpiobroker::Error& error) {
    EXPECT_EQ(error.reason(), reason);
    EXPECT_THAT(error.what(), HasSubstr(words));
  }
}

class AProgramWithTheLibrary : public BrokerTest {
 protected:
  void press(bool high) { board_->drive(observer_, kGpio17, high); }

  void end_broker() {
    daemon_.process().signal(SIGTERM);
    daemon_.process().wait();
  }

  Broker broker_{bus_.address()};
};

TEST_F(AProgramWithTheLibrary, DrivesOutputsAndReadsThemBack) {
  Lease lease = broker_.acquire({"GPIO17", "GPIO27"}, kOutput);
  lease.set("GPIO17", true);
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_EQ(lease.get(), (Values{{"GPIO17", true}, {"GPIO27", false}}));
  lease.set({{"GPIO17", false}, {"GPIO27", true}});
  EXPECT_EQ(lease.get({"GPIO27"}), (Values{{"GPIO27", true}}));
  EXPECT_FALSE(lease.is_active("GPIO17"));
  EXPECT_EQ(broker_.read_lines({"GPIO27"}), (Values{{"GPIO27", true}}));
}

TEST_F(AProgramWithTheLibrary, ChangesSettingsOfAllLinesOrOfSome) {
  Lease lease = broker_.acquire_each({{"GPIO17", kOutput}, {"GPIO27", kOutput}},
                                     {.bias = Bias::disabled, .consumer = "library test"});
  lease.reconfigure({"GPIO27"}, {.direction = Direction::input});
  lease.reconfigure({.bias = Bias::pull_up});
  EXPECT_EQ(broker_.find("GPIO17").direction, "output");
  EXPECT_EQ(broker_.find("GPIO27").direction, "input");
  for (const char* line : {"GPIO17", "GPIO27"}) EXPECT_EQ(broker_.find(line).bias, "pull-up");
  EXPECT_EQ(broker_.find("GPIO17").consumer, "library test");
}

TEST_F(AProgramWithTheLibrary, LosesItsLinesWithTheLeasesObject) {
  {
    Lease lease = broker_.acquire({"GPIO17"}, kOutput);
    lease.set("GPIO17", true);
    Lease moved = std::move(lease);
    EXPECT_TRUE(pin(kGpio17).driven);
  }
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(AProgramWithTheLibrary, LosesTheLinesOfALeaseThatAnotherTakesThePlaceOf) {
  Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  lease.set("GPIO17", true);
  lease = broker_.acquire({"GPIO27"}, kOutput);
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_EQ(lease.get(), (Values{{"GPIO27", false}}));
}

TEST_F(AProgramWithTheLibrary, KeepsItsLeasesWhenItsBrokerObjectMoves) {
  Broker first(bus_.address());
  const Lease lease = first.acquire({"GPIO17"}, kOutput);
  Broker second(std::move(first));
  EXPECT_EQ(second.find_lease("GPIO17").get(), (Values{{"GPIO17", false}}));
  second = Broker(bus_.address());
  EXPECT_EQ(second.find("GPIO17").direction, "output");
}

TEST_F(AProgramWithTheLibrary, CanHaveItsInputsDebouncedAndItsOwnHeartWatched) {
  Lease lease = broker_.acquire({"GPIO17"}, {.direction = Direction::input,
                                             .debounce = std::chrono::microseconds(250),
                                             .heartbeat = std::chrono::minutes(10)});
  lease.keep_alive();
  EXPECT_EQ(broker_.find("GPIO17").debounce, std::chrono::microseconds(250));
  EXPECT_EQ(properties(lease.path(), kLease).at("Heartbeat"), 600'000);
}

TEST_F(AProgramWithTheLibrary, GivesBackSomeLinesAndKeepsTheOthers) {
  Lease lease = broker_.acquire({"GPIO17", "GPIO27"}, kOutput);
  lease.release({"GPIO27"});
  EXPECT_TRUE(is_safe(kGpio27));
  EXPECT_EQ(lease.get(), (Values{{"GPIO17", false}}));
  lease.release();
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_NO_THROW(lease.release());
  expect_error([&] { lease.set("GPIO17", true); }, kNoSuchLease, "");
}

TEST_F(AProgramWithTheLibrary, GivesBackLinesOfWhicheverOfItsLeases) {
  const Lease first = broker_.acquire({"GPIO17"}, kOutput);
  const Lease second = broker_.acquire({"GPIO27"}, kOutput);
  broker_.release({"GPIO17", "GPIO27"});
  EXPECT_THAT(broker_.inventory().leases, IsEmpty());
}

TEST_F(AProgramWithTheLibrary, WaitsForEdges) {
  press(false);
  Lease lease = broker_.acquire({"GPIO17"}, kButton);
  EXPECT_THAT(lease.wait_for_edges(milliseconds(1)), IsEmpty());
  press(true);
  const auto edges = lease.wait_for_edges(kDeadline);
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges.front().line, "GPIO17");
  EXPECT_EQ(edges.front().kind, EdgeKind::rising);
  EXPECT_EQ(edges.front().sequence, 1U);
}

TEST_F(AProgramWithTheLibrary, SaysWithItsNextWaitThatItHasReceivedTheEdges) {
  press(false);
  Lease lease = broker_.acquire({"GPIO17"}, kButton);
  const auto kept = [&] {
    return observer_.call(on_lease(lease.path(), "WaitForEdgesAfter", "tu", Json::array({0, 0})))
        .values.at(0)
        .size();
  };
  press(true);
  EXPECT_EQ(lease.wait_for_edges(kDeadline).size(), 1U);
  EXPECT_EQ(kept(), 1U);
  EXPECT_THAT(lease.wait_for_edges(milliseconds(1)), IsEmpty());
  EXPECT_EQ(kept(), 0U);
}

TEST_F(AProgramWithTheLibrary, FindsALeaseAgainThatOutlivesItsConnection) {
  std::string path;
  {
    Broker earlier(bus_.address());
    gpiobroker::Settings settings = kOutput;
    settings.lifetime = Lifetime{.ttl = std::chrono::minutes(10)};
    path = earlier.acquire({"GPIO17"}, settings).path();
  }
  Lease lease = broker_.find_lease("GPIO17");
  EXPECT_EQ(lease.path(), path);
  EXPECT_NO_THROW(lease.keep_alive());
  lease.release();
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(AProgramWithTheLibrary, HandsALeaseToAnother) {
  Broker other(bus_.address());
  Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  lease.set("GPIO17", true);
  expect_error([&] { (void)other.accept(lease.path()); }, kNoSuchLease, "");
  lease.offer(other.unique_name());
  const Lease taken = other.accept(lease.path());
  EXPECT_TRUE(taken.is_active("GPIO17"));
  expect_error([&] { lease.release(); }, kNoSuchLease, "");
  { const Lease gone = std::move(lease); }
  EXPECT_TRUE(pin(kGpio17).high);
}

TEST_F(AProgramWithTheLibrary, LeavesAChildOfItsWithoutAnyPartInItsLeases) {
  Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  const pid_t child = fork();
  if (child == 0) {
    { const Lease gone = std::move(lease); }
    std::_Exit(EXIT_SUCCESS);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, EXIT_SUCCESS);
  EXPECT_EQ(lease.get(), (Values{{"GPIO17", false}}));
}

TEST_F(AProgramWithTheLibrary, HearsWhoHasALine) {
  Broker other(bus_.address());
  const Lease lease = other.acquire({"GPIO17"}, kOutput);
  expect_error([&] { (void)broker_.acquire({"GPIO17"}); }, "Busy",
               "pid " + std::to_string(getpid()));
  EXPECT_THAT(broker_.inventory().leases.at(0).lines, ElementsAre("GPIO17"));
}

TEST_F(AProgramWithTheLibrary, HearsThatAWordIsNoText) {
  const std::string none = "T\xfcr";
  expect_error([&] { (void)broker_.acquire({"GPIO17"}, {.consumer = none}); }, "InvalidValue",
               "is no text");
  expect_error([&] { (void)broker_.acquire_each({{.line = none}}); }, "InvalidValue", "is no text");
  expect_error([&] { (void)broker_.read_lines({none}); }, "InvalidValue", "is no text");
  expect_error([&] { broker_.revoke("GPIO17", none); }, "InvalidValue", "is no text");
}

TEST_F(AProgramWithTheLibrary, HearsWhyItsLeaseWasEnded) {
  Broker root(bus_.address());
  const Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  LeaseWatch watch(lease);
  EXPECT_NO_THROW(watch.check());
  root.revoke("GPIO17", "the heater is too hot");
  expect_error([&] { EXPECT_TRUE(eventually([&] { return watch.check(), false; })); }, kNoSuchLease,
               "the heater is too hot");
}

TEST_F(AProgramWithTheLibrary, BelievesNobodyButTheBrokerAndTheBus) {
  const Lease lease = broker_.acquire({"GPIO17"}, kButton);
  LeaseWatch end(lease);
  EdgeWatch edges(lease);
  ClientProcess forger(bus_.address(), kSomebodyElse);
  const auto forge = [&](Call signal) {
    signal.destination = broker_.unique_name();
    forger.send_signal(signal);
  };
  forge(on_lease(lease.path(), "Ended", "ss", Json::array({"revoked", "by a stranger"})));
  const Json edge = Json::array({"GPIO17", "rising", 1, "monotonic", 1, 1});
  forge(on_lease(lease.path(), "EdgesSeen", "a(sststt)a{st}",
                 Json::array({Json::array({edge}), Json::object()})));
  forge({.path = kManagerPath,
         .interface = kObjectManager,
         .member = "InterfacesRemoved",
         .signature = "oas",
         .arguments = Json::array({lease.path(), Json::array({kLease})})});
  forger.wait_for_bus();
  EXPECT_EQ(broker_.read_lines({"GPIO17"}).size(), 1U) << "the answer comes after all of them";
  EXPECT_NO_THROW(end.check());
  EXPECT_THAT(edges.take(), IsEmpty());
}

TEST_F(AProgramWithTheLibrary, HearsThatTheBrokerIsGone) {
  const Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  end_broker();
  expect_error([&] { (void)lease.get(); }, kNoBroker, "the lease is over");
  expect_error([&] { (void)broker_.acquire({"GPIO17"}); }, kNoBroker, "start it");
}

TEST_F(AProgramWithTheLibrary, HearsThatThereIsNoBus) {
  expect_error([] { const Broker nowhere("unix:path=/nowhere/bus"); }, kDisconnected,
               "/nowhere/bus");
}

TEST_F(AProgramWithTheLibrary, FindsTheSystemBusByItself) {
  setenv("DBUS_SYSTEM_BUS_ADDRESS", bus_.address().c_str(), 1);
  EXPECT_THAT(Broker().version(), MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
}

}  // namespace
}  // namespace gpiobroker::test
