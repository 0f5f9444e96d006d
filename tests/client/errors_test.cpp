// SPDX-License-Identifier: GPL-2.0-or-later
// What a program and a person hear of each way in which a call can fail.
#include "src/errors.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace gpiobroker::detail {
namespace {

using testing::HasSubstr;

constexpr const char* kBus = "the system bus";

Error of_broker(const std::string& name) {
  return to_error(sdbus::Error{sdbus::Error::Name{name}, "details"}, kBus);
}

Error of_lease(const std::string& name) {
  return to_lease_error(sdbus::Error{sdbus::Error::Name{name}, "details"}, kBus);
}

/// Each of these errors has this reason and a message with these words in it, and names the bus.
void expect_all(const std::vector<std::string>& names, const std::string& reason,
                const std::string& words) {
  for (const std::string& name : names) {
    const Error error = of_broker(name);
    EXPECT_EQ(error.reason(), reason) << name;
    EXPECT_THAT(error.what(), HasSubstr(words)) << name;
    EXPECT_THAT(error.what(), HasSubstr(kBus)) << name;
  }
}

TEST(ARefusalOfTheBroker, IsHandedOnAsItIs) {
  const Error error = of_broker("org.gpiobroker1.Error.Busy");
  EXPECT_EQ(error.reason(), "Busy");
  EXPECT_STREQ(error.what(), "details");
}

TEST(ALostBus, IsCalledOneWhoeverFoundOut) {
  expect_all({"org.freedesktop.DBus.Error.Disconnected", "org.freedesktop.DBus.Error.NoServer",
              "System.Error.ENOTCONN", "System.Error.ECONNRESET", "System.Error.EPIPE",
              "System.Error.ESHUTDOWN"},
             kDisconnected, "every lease with it");
}

TEST(ABrokerThatIsNotThere, IsToBeStarted) {
  expect_all(
      {"org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
       "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Spawn.ChildExited",
       "org.freedesktop.systemd1.NoSuchUnit"},
      kNoBroker, "systemctl start gpiobroker (details)");
}

TEST(ABrokerThatDoesNotAnswer, IsToBeLookedAt) {
  expect_all({"org.freedesktop.DBus.Error.Timeout", "org.freedesktop.DBus.Error.TimedOut",
              "System.Error.ETIMEDOUT"},
             kNoBroker, "systemctl status gpiobroker");
}

TEST(APolicyOfTheBus, IsNamedWhenItForbidsACall) {
  expect_all({"org.freedesktop.DBus.Error.AccessDenied",
              "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", "System.Error.EACCES"},
             kAccessDenied, "org.gpiobroker1.conf");
}

TEST(AnErrorThatIsNotKnown, KeepsItsLastWordAndItsMessage) {
  const Error error = of_broker("org.freedesktop.DBus.Error.LimitsExceeded");
  EXPECT_EQ(error.reason(), "LimitsExceeded");
  EXPECT_STREQ(error.what(), "details");
}

TEST(ALease, IsOverWhenItIsNotFoundOrItsBrokerIsGone) {
  const Error ended = of_lease("org.freedesktop.DBus.Error.UnknownObject");
  EXPECT_EQ(ended.reason(), kNoSuchLease);
  const Error left = of_lease("org.freedesktop.DBus.Error.NoReply");
  EXPECT_EQ(left.reason(), kNoBroker);
  EXPECT_THAT(left.what(), HasSubstr("the lease is over"));
}

TEST(ALease, OtherwiseFailsAsTheBrokerDoes) {
  EXPECT_EQ(of_lease("org.gpiobroker1.Error.NotOutput").reason(), "NotOutput");
  EXPECT_EQ(of_lease("System.Error.EPIPE").reason(), kDisconnected);
}

}  // namespace
}  // namespace gpiobroker::detail
