// SPDX-License-Identifier: GPL-2.0-or-later
// Who may do what, as clients of several users see it.
#include <array>
#include <memory>
#include <random>

#include <unistd.h>

#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Call reading(const std::vector<std::string>& lines) {
  return on_manager("ReadLines", "asa{sv}", Json::array({lines, Settings{}}));
}

class ABrokerWithoutConfiguration : public BrokerTest {
 protected:
  ABrokerWithoutConfiguration() : BrokerTest({}, "{}") {}
};

TEST_F(ABrokerWithoutConfiguration, LeasesNothingToStrangers) {
  ClientProcess stranger = client(kNobody);
  EXPECT_THAT(stranger.acquire({"GPIO17"}, driven_high()),
              RefusedFor("Denied", AllOf(HasSubstr("user 65534 may not lease"),
                                         HasSubstr("only root and the members of group gpio"))));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ABrokerWithoutConfiguration, LetsStrangersLook) {
  ClientProcess stranger = client(kNobody);
  EXPECT_THAT(stranger.call(reading({"GPIO17"})), Succeeded());
}

TEST_F(ABrokerWithoutConfiguration, LeasesToRoot) {
  ClientProcess root = client(kRoot);
  EXPECT_THAT(root.acquire({"GPIO17"}, driven_high()), Succeeded());
}

class ABrokerWithRules : public BrokerTest {
 protected:
  ABrokerWithRules()
      : BrokerTest({}, R"({
          "aliases": {"fan": "GPIO17"},
          "lines": [{"match": ["GPIO3"], "protected": "it is welded"}],
          "rules": [
            {"name": "units only", "units": ["*"], "lines": ["GPIO4"], "verbs": ["lease"],
             "allow": true},
            {"name": "nobody's fan", "users": [65534], "lines": ["fan"], "verbs": ["lease"],
             "allow": true},
            {"name": "a secret", "users": [65534], "lines": ["GPIO27"], "verbs": ["read"],
             "allow": false}],
          "quotas": {"client": {"leases": 2}}})") {}

  ClientProcess nobody_ = client(kNobody);
};

TEST_F(ABrokerWithRules, LeasesWhatARuleAllows) {
  EXPECT_THAT(nobody_.acquire({"fan"}, driven_high()), Succeeded());
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(ABrokerWithRules, LeasesNothingElse) {
  EXPECT_THAT(nobody_.acquire({"fan", "GPIO18"}, driven_high()), RefusedFor("Denied"));
  EXPECT_THAT(client(kSomebodyElse).acquire({"fan"}, {}), RefusedFor("Denied"));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ABrokerWithRules, CitesTheRuleThatDenies) {
  EXPECT_THAT(nobody_.call(reading({"GPIO27"})),
              RefusedFor("Denied", HasSubstr("rule 'a secret' denies it")));
  EXPECT_THAT(client(kSomebodyElse).call(reading({"GPIO27"})), Succeeded());
}

TEST_F(ABrokerWithRules, ProtectsALineFromRoot) {
  EXPECT_THAT(client(kRoot).acquire({"GPIO3"}, {}),
              RefusedFor("Denied", HasSubstr("protected from everybody (it is welded)")));
}

TEST_F(ABrokerWithRules, GoesByNoUnitOfAProcessThatTheBusDoesNotHandOver) {
  EXPECT_THAT(nobody_.acquire({"GPIO4"}, {}), RefusedFor("Denied"));
}

class ABrokerWithQuotas : public BrokerTest {
 protected:
  ABrokerWithQuotas()
      : BrokerTest({}, R"({
          "rules": [{"name": "everybody", "verbs": ["lease"], "allow": true}],
          "quotas": {"client": {"leases": 2, "calls-per-second": 10}, "user": {"lines": 3}}})") {}

  /// Calls until one is refused for coming too soon.
  static void exhaust(ClientProcess& client) {
    const std::string refusal = std::string(kErrors) + "QuotaExceeded";
    ASSERT_TRUE(eventually([&] { return client.release_lines({}).error == refusal; }));
  }

  ClientProcess greedy_ = client(kNobody);
  ClientProcess other_ = client(kSomebodyElse);
};

TEST_F(ABrokerWithQuotas, StopsAGreedyClientAndNoOther) {
  EXPECT_THAT(greedy_.acquire({"GPIO17"}, {}), Succeeded());
  EXPECT_THAT(greedy_.acquire({"GPIO18"}, {}), Succeeded());
  EXPECT_THAT(greedy_.acquire({"GPIO27"}, driven_high()),
              RefusedFor("QuotaExceeded", HasSubstr("its quota is 2")));
  EXPECT_TRUE(is_safe(kGpio27));
  EXPECT_THAT(other_.acquire({"GPIO27"}, {}), Succeeded());
}

TEST_F(ABrokerWithQuotas, CountsAUsersClientsTogether) {
  ClientProcess second = client(kNobody);
  EXPECT_THAT(greedy_.acquire({"GPIO17", "GPIO18"}, {}), Succeeded());
  EXPECT_THAT(second.acquire({"GPIO27", "EXP3"}, {}),
              RefusedFor("QuotaExceeded", HasSubstr("user 65534 has 2 lines")));
  EXPECT_THAT(second.acquire({"EXP3"}, {}), Succeeded());
}

TEST_F(ABrokerWithQuotas, GivesBackWhatALeaseTookWithItsEnd) {
  EXPECT_THAT(greedy_.acquire({"GPIO17", "GPIO18"}, {}), Succeeded());
  EXPECT_THAT(greedy_.acquire({"GPIO27"}, {}), Succeeded());
  EXPECT_THAT(greedy_.release_lines({"GPIO27"}), Succeeded());
  EXPECT_THAT(greedy_.acquire({"EXP3"}, {}), Succeeded());
}

/// Every member that the bus library answers without the broker's knowing.
const std::vector<Call> kLibrarysCalls{
    {.path = kManagerPath, .interface = kObjectManager, .member = "GetManagedObjects"},
    {.path = kManagerPath,
     .interface = kProperties,
     .member = "Get",
     .signature = "ss",
     .arguments = Json::array({kManager, "Version"})},
    {.path = kManagerPath,
     .interface = kProperties,
     .member = "GetAll",
     .signature = "s",
     .arguments = Json::array({kManager})},
    {.path = kManagerPath,
     .interface = "org.freedesktop.DBus.Introspectable",
     .member = "Introspect"},
    {.path = kManagerPath, .interface = "org.freedesktop.DBus.Peer", .member = "Ping"},
    on_manager("FindLine", "s", Json::array({"GPIO17"})),
    on_manager("NoSuchMethod", "", Json::array()),
};

TEST_F(ABrokerWithQuotas, CountsWhatTheBusLibraryAnswers) {
  for (const Call& call : kLibrarysCalls) {
    SCOPED_TRACE(call.member);
    ClientProcess greedy = client(kNobody);
    const std::string refusal = std::string(kErrors) + "QuotaExceeded";
    EXPECT_TRUE(eventually([&] { return greedy.call(call).error == refusal; }));
    EXPECT_NE(other_.call(kLibrarysCalls.back()).error, refusal);
  }
}

// They arrive before the bus has said who makes them.
TEST_F(ABrokerWithQuotas, CountsTheFirstCallsOfANewcomer) {
  constexpr unsigned kCalls = 40;
  const Call releasing =
      on_manager("ReleaseLines", "asa{sv}", Json::array({Json::array(), Json::object()}));
  ClientProcess newcomer = client(kSomebodyElse);
  daemon_.process().stop();
  for (unsigned i = 0; i < kCalls; ++i) newcomer.send(releasing);
  newcomer.wait_for_bus();
  daemon_.process().go_on();
  EXPECT_TRUE(eventually([&] {
    return daemon_.log().find("refused ReleaseLines to " + newcomer.bus_name()) !=
           std::string::npos;
  }));
  EXPECT_THAT(daemon_.log(), HasSubstr("QuotaExceeded"));
}

TEST_F(ABrokerWithQuotas, CountsACallForEveryObjectAsOneForEach) {
  const Call all{.path = kManagerPath, .interface = kObjectManager, .member = "GetManagedObjects"};
  EXPECT_THAT(greedy_.release_lines({}), Succeeded());  // it is known
  EXPECT_THAT(greedy_.call(all), Succeeded());
  EXPECT_THAT(greedy_.release_lines({}), RefusedFor("QuotaExceeded"));
  EXPECT_THAT(other_.call(all), Succeeded());
}

TEST_F(ABrokerWithQuotas, LetsOthersCallWhileOneCallsTooOften) {
  exhaust(greedy_);
  EXPECT_THAT(other_.acquire({"GPIO17"}, {}), Succeeded());
  EXPECT_THAT(client(kRoot).acquire({"GPIO18"}, {}), Succeeded());
}

/// Looking at everything costs more calls than a user has in a second.
class AUserWhoLooksTooOften : public BrokerTest {
 protected:
  AUserWhoLooksTooOften()
      : BrokerTest({}, R"({"quotas": {"user": {"calls-per-second": 20}, "exempt": ["root"]}})") {
    for (std::unique_ptr<ClientProcess>& each : clients_) {
      each = std::make_unique<ClientProcess>(bus_.address(), kNobody);
    }
  }

  const Call kAll{.path = kManagerPath, .interface = kObjectManager, .member = "GetManagedObjects"};
  std::array<std::unique_ptr<ClientProcess>, 4> clients_;
};

TEST_F(AUserWhoLooksTooOften, IsRefusedOnNewConnectionsToo) {
  unsigned refused = 0;
  for (const auto& each : clients_) {
    refused += each->call(kAll).error == std::string(kErrors) + "QuotaExceeded" ? 1 : 0;
  }
  EXPECT_GT(refused, 0U);
  EXPECT_THAT(daemon_.log(), HasSubstr("refused GetManagedObjects to"));
}

TEST_F(AUserWhoLooksTooOften, KeepsNobodyElseFromAFirstLook) {
  ClientProcess other = client(kSomebodyElse);
  for (const auto& each : clients_) (void)each->call(kAll);
  const Reply objects = other.call(kAll);
  EXPECT_THAT(objects, Succeeded());
  EXPECT_EQ(objects.values, client(kRoot).call(kAll).values);
}

}  // namespace
}  // namespace gpiobroker::test
