// SPDX-License-Identifier: GPL-2.0-or-later
// Whose line it is: a second client, strangers, and root.
#include <unistd.h>

#include "harness/broker_test.h"
#include "harness/introspection.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Arguments for GPIO17 that the broker takes from those who may call, whatever the method.
Json arguments_for(const std::string& signature) {
  const std::map<std::string, Json> known = {
      {"", Json::array()},
      {"s", Json::array({":1.1"})},
      {"u", Json::array({0})},
      {"tu", Json::array({0, 0})},
      {"as", Json::array({Json::array({"GPIO17"})})},
      {"a{si}", Json::array({Json::object({{"GPIO17", 1}})})},
      {"a{sv}", Json::array({Json::object()})},
      {"asa{sv}", Json::array({Json::array({"GPIO17"}), Json::object()})}};
  const auto arguments = known.find(signature);
  if (arguments == known.end()) {
    throw std::runtime_error(
        "a method of a lease has a new signature; teach this test to call "
        "one with signature " +
        signature);
  }
  return arguments->second;
}

Call sample_call(const std::string& lease, const std::string& name, const Method& method) {
  return on_lease(lease, name.c_str(), method.in_signature.c_str(),
                  arguments_for(method.in_signature));
}

/// One call for every method that leases have, now and in future.
std::vector<Call> calls_of_all_methods(const std::string& lease) {
  std::vector<Call> calls;
  for (const auto& [name, method] : shipped_interface(kLease).methods) {
    calls.push_back(sample_call(lease, name, method));
  }
  return calls;
}

class ALine : public BrokerTest {
 protected:
  ALine() : lease_(lease_in(holder_.acquire({"GPIO17"}, driven_high()))) {}

  /// What a client gets for each method of a lease, with that lease's own path taken out.
  static std::vector<std::string> answers(ClientProcess& client, const std::string& lease) {
    std::vector<std::string> all;
    for (const Call& call : calls_of_all_methods(lease)) {
      std::ostringstream text;
      text << call.member << ' ' << client.call(call);
      all.push_back(text.str());
      if (const auto path = all.back().find(lease); path != std::string::npos) {
        all.back().replace(path, lease.size(), "LEASE");
      }
    }
    return all;
  }

  void expect_stranger_to_see_no_lease(ClientProcess& stranger) {
    const Json before = everything();
    EXPECT_EQ(answers(stranger, lease_), answers(stranger, kNoLease));
    for (const Call& call : calls_of_all_methods(lease_)) {
      EXPECT_EQ(stranger.call(call).error, kUnknownObject) << call.member;
    }
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(pin(kGpio17), (PinState{.driven = true, .high = true, .pull = Pull::up}));
  }

  static constexpr const char* kNoLease = "/org/gpiobroker1/leases/123456789";

  ClientProcess holder_ = client();
  std::string lease_;
};

TEST_F(ALine, IsRefusedToASecondClientWithTheNameOfItsHolder) {
  ClientProcess second = client();
  const std::string uid = "uid " + std::to_string(client_user());
  const std::string pid = "pid " + std::to_string(holder_.process().pid());
  EXPECT_THAT(second.acquire({"GPIO17"}, {}),
              RefusedFor("Busy", AllOf(HasSubstr("GPIO17"), HasSubstr(uid), HasSubstr(pid),
                                       HasSubstr("command 'gpiobroker-test'"))));
}

TEST_F(ALine, IsRefusedToItsHolderASecondTime) {
  EXPECT_THAT(holder_.acquire({"GPIO17"}, {}), RefusedFor("Busy"));
}

TEST_F(ALine, GoesToTheSecondClientAfterTheFirstOnesDeath) {
  ClientProcess second = client();
  ASSERT_THAT(second.acquire({"GPIO17"}, {}), RefusedFor("Busy"));
  holder_.kill();
  wait_for_goodbye(holder_);
  EXPECT_THAT(second.acquire({"GPIO17"}, driven_high()), Succeeded());
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(ALine, IsUnderANewLeaseForItsNextHolder) {
  ASSERT_THAT(holder_.release(lease_), Succeeded());
  ClientProcess second = client();
  const std::string next = lease_in(second.acquire({"GPIO17"}, {}));
  EXPECT_NE(next, lease_);
  EXPECT_EQ(holder_.release(lease_).error, kUnknownObject);
  EXPECT_EQ(holder_.get_values(next).error, kUnknownObject);
}

TEST_F(ALine, IsNotThereForAnotherClientOfTheSameUser) {
  ClientProcess stranger = client();
  expect_stranger_to_see_no_lease(stranger);
}

TEST_F(ALine, IsNotThereForAnotherUser) {
  ClientProcess stranger = client(kSomebodyElse);
  expect_stranger_to_see_no_lease(stranger);
}

TEST_F(ALine, IsNotThereForAnotherHolder) {
  ClientProcess stranger = client();
  ASSERT_THAT(stranger.acquire({"GPIO27"}, {}), Succeeded());
  expect_stranger_to_see_no_lease(stranger);
}

TEST_F(ALine, IsNotReleasedByAStrangersReleaseOfLines) {
  ClientProcess stranger = client();
  const Json before = everything();
  EXPECT_THAT(stranger.release_lines({"GPIO17"}), Succeeded());
  EXPECT_THAT(stranger.release_lines({}), Succeeded());
  EXPECT_EQ(everything(), before);
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(ALine, IsOpenToRootByEveryMethod) {
  ClientProcess root = client(kRoot);
  for (const auto& [name, method] : shipped_interface(kLease).methods) {
    EXPECT_THAT(root.call(sample_call(lease_, name, method)),
                testing::AnyOf(Succeeded(), RefusedFor("NotDirect")))
        << name;
    (void)holder_.release(lease_);
    lease_ = lease_in(holder_.acquire({"GPIO17"}, driven_high()));
  }
}

TEST_F(ALine, IsKeptByItsHolderWhenRootReleasesOnlyWhatIsItsOwn) {
  const Call release =
      on_lease(lease_, "Release", "asa{sv}",
               Json::array({Json::array(), Json::object({{"only-own", v("b", true)}})}));
  EXPECT_THAT(client(kRoot).call(release), RefusedFor("NoSuchLease", HasSubstr("lease")));
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_THAT(holder_.call(release), Succeeded());
  EXPECT_TRUE(is_safe(kGpio17));
}

}  // namespace
}  // namespace gpiobroker::test
