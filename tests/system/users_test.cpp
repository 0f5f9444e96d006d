// SPDX-License-Identifier: GPL-2.0-or-later
// Ordinary users on the real bus: who is in group gpio, who is not, and what the journal keeps.
#include <filesystem>
#include <fstream>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <nlohmann/json.hpp>

#include "harness/client_process.h"
#include "harness/eventually.h"
#include "harness/introspection.h"
#include "kernel/kernel_view.h"
#include "system/service.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;
using testing::Not;

uid_t user(const std::string& name, const std::string& groups) {
  if (getpwnam(name.c_str()) == nullptr) {
    output_of("useradd --no-create-home --groups '" + groups + "' " + name);
  }
  const passwd* entry = getpwnam(name.c_str());
  if (entry == nullptr) throw std::runtime_error("there is no user " + name);
  return entry->pw_uid;
}

Settings high() {
  return {{"direction", v("s", "output")}, {"value", v("i", 1)}};
}

/// Somebody who may use lines, somebody else who may, and a stranger.
class Users : public testing::Test {
 protected:
  explicit Users(const std::string& configuration = "{}") {
    service_.stop();
    configure(configuration);
    service_.start();
    maker_.emplace(kSystemBus, user("gpio-maker", "gpio"));
    neighbour_.emplace(kSystemBus, user("gpio-neighbour", "gpio"));
    stranger_.emplace(kSystemBus, user("gpio-stranger", ""));
  }
  ~Users() override {
    service_.stop();
    std::filesystem::remove_all(kConfigurationFolder);
  }

  static bool is_driven() { return test::is_driven("gpiochip0", 17); }

  /// The entries of the journal that have a field with a value; or several, with "' '" between.
  static std::vector<Json> entries(const std::string& match) {
    std::vector<Json> entries;
    std::istringstream lines(output_of("journalctl --boot --output=json '" + match + "'"));
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with('{')) entries.push_back(Json::parse(line));
    }
    return entries;
  }

  Service service_;
  std::optional<ClientProcess> maker_;
  std::optional<ClientProcess> neighbour_;
  std::optional<ClientProcess> stranger_;
};

/// What the bus does with a call, whatever the broker would say to it.
struct Member {
  std::string path;
  std::string interface;
  std::string name;
};

std::vector<Member> members_of(const std::string& path, const std::string& interface) {
  std::vector<Member> members;
  for (const auto& [name, method] : shipped_interface(interface).methods) {
    members.push_back({path, interface, name});
  }
  return members;
}

/// All that there is, of every interface; the arguments are always wrong.
std::vector<Member> every_member() {
  std::vector<Member> all{{kManagerPath, "org.freedesktop.DBus.Introspectable", "Introspect"},
                          {kManagerPath, "org.freedesktop.DBus.Peer", "Ping"},
                          {kManagerPath, kObjectManager, "GetManagedObjects"},
                          {kManagerPath, kProperties, "Get"},
                          {kManagerPath, kProperties, "GetAll"},
                          {kManagerPath, kProperties, "Set"}};
  const std::string chip = std::string(kManagerPath) + "/chips/gpiochip0";
  for (const auto& each : {members_of(kManagerPath, kManager),
                           members_of(std::string(kManagerPath) + "/leases/1", kLease),
                           members_of(chip, "org.gpiobroker1.Simulation")}) {
    all.insert(all.end(), each.begin(), each.end());
  }
  return all;
}

constexpr const char* kByTheBus = "org.freedesktop.DBus.Error.AccessDenied";

TEST_F(Users, AreLetThroughByTheBusToEveryMemberThatIsTheirs) {
  const std::string simulation = "org.gpiobroker1.Simulation";
  ClientProcess root(kSystemBus, kRoot);
  for (const Member& member : every_member()) {
    const Call call{.path = member.path, .interface = member.interface, .member = member.name};
    const bool sets = member.name == "Set" && member.interface == kProperties;
    const bool simulates = member.interface == simulation;
    SCOPED_TRACE(member.interface + "." + member.name);
    EXPECT_NE(root.call(call).error, kByTheBus);
    EXPECT_EQ(maker_->call(call).error == kByTheBus, sets);
    EXPECT_EQ(stranger_->call(call).error == kByTheBus, sets || simulates);
  }
}

TEST_F(Users, CannotHaveTheBrokersName) {
  for (ClientProcess* each : {&*maker_, &*stranger_}) {
    const Reply reply = each->call({.path = "/org/freedesktop/DBus",
                                    .interface = "org.freedesktop.DBus",
                                    .member = "RequestName",
                                    .signature = "su",
                                    .arguments = Json::array({"org.gpiobroker1", 2}),
                                    .destination = "org.freedesktop.DBus"});
    EXPECT_EQ(reply.error, kByTheBus);
  }
}

TEST_F(Users, OfGroupGpioMayLease) {
  EXPECT_THAT(maker_->acquire({"GPIO17"}, high()), Succeeded());
  EXPECT_TRUE(is_driven());
}

TEST_F(Users, OfOtherGroupsMayNot) {
  EXPECT_THAT(stranger_->acquire({"GPIO17"}, high()),
              RefusedFor("Denied", HasSubstr("only root and the members of group gpio")));
  EXPECT_FALSE(is_driven());
}

TEST_F(Users, OfOtherGroupsMayLook) {
  EXPECT_THAT(stranger_->call(on_manager("ReadLines", "asa{sv}",
                                         Json::array({Json::array({"GPIO17"}), Json::object()}))),
              Succeeded());
}

TEST_F(Users, CannotTouchEachOthersLeases) {
  const Reply granted = maker_->acquire({"GPIO17"}, high());
  const std::string lease = granted.values.at(0);
  EXPECT_EQ(neighbour_->release(lease).error, kUnknownObject);
  EXPECT_THAT(neighbour_->release_lines({"GPIO17"}), Succeeded());
  EXPECT_TRUE(is_driven());
}

TEST_F(Users, LoseTheirLinesWhenTheyAreKilled) {
  EXPECT_THAT(maker_->acquire({"GPIO17"}, high()), Succeeded());
  maker_->process().signal(SIGKILL);
  EXPECT_TRUE(eventually([] { return !is_driven(); }));
  EXPECT_TRUE(eventually([this] { return neighbour_->acquire({"GPIO17"}, {}).error.empty(); }));
}

TEST_F(Users, AreFoundInTheJournalByTheFieldsOfItsEntries) {
  const Reply granted = maker_->acquire({"GPIO17"}, high());
  const std::string path = granted.values.at(0);
  const std::string lease = "GPIOBROKER_LEASE=" + path.substr(path.rfind('/') + 1) +
                            "' 'GPIOBROKER_HOLDER=" + maker_->bus_name();
  EXPECT_THAT(maker_->release_lines({}), Succeeded());
  ASSERT_TRUE(eventually([&] { return entries(lease).size() == 2; }));
  const Json end = entries(lease).at(1);
  EXPECT_EQ(end.at("GPIOBROKER_REASON"), "released");
  EXPECT_EQ(end.at("GPIOBROKER_LINES"), "gpiochip0:17 'GPIO17'");
  EXPECT_EQ(end.at("GPIOBROKER_HOLDER"), maker_->bus_name());
  EXPECT_EQ(end.at("GPIOBROKER_HOLDER_UID"), std::to_string(user("gpio-maker", "gpio")));
  EXPECT_EQ(end.at("_SYSTEMD_UNIT"), "gpiobroker.service");
}

TEST_F(Users, AreFoundInTheJournalWhenTheyAreRefused) {
  EXPECT_THAT(stranger_->acquire({"GPIO17"}, high()), RefusedFor("Denied"));
  // A bus that was killed before gives the same names again.
  const std::string refusal =
      "GPIOBROKER_HOLDER=" + stranger_->bus_name() + "' 'GPIOBROKER_REASON=Denied";
  ASSERT_TRUE(eventually([&] { return !entries(refusal).empty(); }));
  EXPECT_EQ(entries(refusal).at(0).at("GPIOBROKER_METHOD"), "AcquireLines");
}

class UsersWithQuotas : public Users {
 protected:
  UsersWithQuotas()
      : Users(R"({"quotas": {"user": {"leases": 2}},
                  "lines": [{"match": ["GPIO4"], "protected": "it feeds the cat"}]})") {}
};

TEST_F(UsersWithQuotas, AreStoppedAloneWhenTheyAreGreedy) {
  EXPECT_THAT(maker_->acquire({"GPIO17"}, {}), Succeeded());
  EXPECT_THAT(maker_->acquire({"GPIO27"}, {}), Succeeded());
  EXPECT_THAT(maker_->acquire({"EXP3"}, {}), RefusedFor("QuotaExceeded"));
  EXPECT_THAT(neighbour_->acquire({"EXP3"}, {}), Succeeded());
}

TEST_F(UsersWithQuotas, AreAllToldWhyALineIsProtected) {
  EXPECT_THAT(maker_->acquire({"GPIO4"}, {}), RefusedFor("Denied", HasSubstr("it feeds the cat")));
  ClientProcess root(kSystemBus, kRoot);
  EXPECT_THAT(root.acquire({"GPIO4"}, {}), RefusedFor("Denied", HasSubstr("it feeds the cat")));
}

TEST_F(UsersWithQuotas, AreToldByTheCommandWhatTheyMay) {
  EXPECT_THAT(output_of("gpiobroker policy explain gpio-maker GPIO17 lease"), HasSubstr("may"));
  EXPECT_THAT(output_of("gpiobroker policy explain gpio-stranger GPIO17 lease; test $? = 4"),
              HasSubstr("may not lease"));
}

}  // namespace
}  // namespace gpiobroker::test
