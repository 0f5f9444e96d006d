// SPDX-License-Identifier: GPL-2.0-or-later
// Signals that anybody can send to one client alone, in the words of the bus.
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::ElementsAre;

class AForgedSignal : public BrokerTest {
 protected:
  /// Says to the broker, and to nobody else, that a client has left the bus. Returns once the
  /// broker has heard it.
  void say_that_it_is_gone(const std::string& name) {
    forger_.send_signal({.path = "/org/freedesktop/DBus",
                         .interface = "org.freedesktop.DBus",
                         .member = "NameOwnerChanged",
                         .signature = "sss",
                         .arguments = Json::array({name, name, ""})});
    (void)forger_.call(on_manager("FindLine", "s", Json::array({"GPIO17"})));
  }

  ClientProcess holder_ = client();
  ClientProcess forger_{bus_.address(), kSomebodyElse};
};

TEST_F(AForgedSignal, OfAClientsEndEndsNobodysLease) {
  const std::string lease = lease_in(holder_.acquire({"GPIO17"}, driven_high()));
  say_that_it_is_gone(holder_.bus_name());
  EXPECT_THAT(lease_paths(), ElementsAre(lease));
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_THAT(holder_.set_values(lease, {{"GPIO17", 0}}), Succeeded());
}

TEST_F(AForgedSignal, OfAClientsEndTakesNobodyOutOfTheQueue) {
  const std::string lease = lease_in(holder_.acquire({"GPIO17"}, driven_high()));
  ClientProcess waiter = client();
  Settings patient = driven_high();
  patient["wait-ms"] = v("u", 60'000);
  waiter.send(acquiring({"GPIO17"}, patient));
  waiter.wait_for_bus();
  say_that_it_is_gone(waiter.bus_name());
  ASSERT_THAT(holder_.release(lease), Succeeded());
  ASSERT_TRUE(eventually([this] { return !lease_paths().empty(); }));
  EXPECT_EQ(properties(lease_paths().at(0), kLease).at("Holder"), waiter.bus_name());
}

TEST_F(AForgedSignal, OfTheBussOwnEndEndsNothing) {
  const std::string lease = lease_in(holder_.acquire({"GPIO17"}, driven_high()));
  forger_.send_signal({.path = "/org/freedesktop/DBus",
                       .interface = "org.freedesktop.DBus.Local",
                       .member = "Disconnected"});
  EXPECT_THAT(holder_.set_values(lease, {{"GPIO17", 0}}), Succeeded());
}

TEST_F(AForgedSignal, LeavesTheEndOfAClientToTheBus) {
  ASSERT_THAT(holder_.acquire({"GPIO17"}, driven_high()), Succeeded());
  say_that_it_is_gone(holder_.bus_name());
  holder_.kill();
  wait_for_goodbye(holder_);
  EXPECT_TRUE(is_safe(kGpio17));
}

}  // namespace
}  // namespace gpiobroker::test
