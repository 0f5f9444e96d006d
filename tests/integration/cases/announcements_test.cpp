// SPDX-License-Identifier: GPL-2.0-or-later
// Signals: what those hear who watch the broker's objects.
#include "harness/broker_test.h"
#include "harness/introspection.h"

namespace gpiobroker::test {
namespace {

class AWatcher : public BrokerTest {
 protected:
  AWatcher() { watcher_.watch("type='signal',sender='org.gpiobroker1'"); }

  /// The arguments of the first signal from this object that fits, as soon as it was heard; null
  /// if it never is.
  template <class Fits>
  Json heard(const std::string& path, const std::string& member, Fits fits) {
    Json found;
    const bool in_time = eventually([&] {
      for (const Json& signal : watcher_.signals()) heard_.push_back(signal);
      for (const Json& each : heard_) {
        const bool same = each.at("path") == path && each.at("member") == member;
        if (same && fits(each.at("arguments"))) found = each.at("arguments");
      }
      return !found.is_null();
    });
    EXPECT_TRUE(in_time) << path << " said no " << member << "; heard: " << heard_.dump(1);
    return found;
  }

  Json properties_heard(const std::string& path) {
    return heard(path, "PropertiesChanged", [](const Json&) { return true; });
  }

  ClientProcess watcher_ = client(kSomebodyElse);
  ClientProcess client_ = client();
  Json heard_ = Json::array();
};

bool is_about(const Json& arguments, const std::string& path) {
  return arguments.at(0) == path;
}

TEST_F(AWatcher, HearsOfANewLeaseWithAllItsProperties) {
  const std::string lease = lease_in(client_.acquire({"GPIO17"}, driven_high()));
  const Json added = heard(kManagerPath, "InterfacesAdded",
                           [&](const Json& arguments) { return is_about(arguments, lease); });
  ASSERT_FALSE(added.is_null());
  EXPECT_EQ(added.at(1).at(kLease), properties(lease, kLease));
}

TEST_F(AWatcher, HearsOfTheEndOfALease) {
  const std::string lease = lease_in(client_.acquire({"GPIO17"}, driven_high()));
  const auto about_lease = [&](const Json& arguments) { return is_about(arguments, lease); };
  ASSERT_FALSE(heard(kManagerPath, "InterfacesAdded", about_lease).is_null());
  client_.kill();
  const Json removed = heard(kManagerPath, "InterfacesRemoved", about_lease);
  ASSERT_FALSE(removed.is_null());
  EXPECT_EQ(removed.at(1), Json::array({kLease}));
}

TEST_F(AWatcher, HearsHowManyLeasesThereAre) {
  const auto count_is = [](int count) {
    return [count](const Json& arguments) {
      return arguments.at(1).contains("LeaseCount") && arguments.at(1).at("LeaseCount") == count;
    };
  };
  ASSERT_THAT(client_.acquire({"GPIO17"}, {}), Succeeded());
  heard(kManagerPath, "PropertiesChanged", count_is(1));
  client_.kill();
  heard(kManagerPath, "PropertiesChanged", count_is(0));
}

TEST_F(AWatcher, HearsWhatALineHasBecome) {
  const std::string path = line_path("GPIO17");
  ASSERT_THAT(client_.acquire({"GPIO17"}, driven_high()), Succeeded());
  const Json changed = properties_heard(path);
  ASSERT_FALSE(changed.is_null());
  EXPECT_EQ(changed.at(0), kLine);
  const Json now = properties(path, kLine);
  for (const auto& [name, value] : changed.at(1).items()) EXPECT_EQ(value, now.at(name)) << name;
}

// "true" in the description: each change comes with the new value; "const": there is none.
TEST_F(AWatcher, HearsOfThePropertiesThatTheDescriptionSays) {
  ASSERT_THAT(client_.acquire({"GPIO17"}, driven_high()), Succeeded());
  const Json changed = properties_heard(line_path("GPIO17"));
  ASSERT_FALSE(changed.is_null());
  for (const auto& [name, property] : shipped_interface(kLine).properties) {
    EXPECT_EQ(changed.at(1).contains(name), property.emits_changed == "true") << name;
  }
  EXPECT_EQ(changed.at(2), Json::array());
}

TEST_F(AWatcher, HearsOfAReconfiguredLine) {
  const std::string lease = lease_in(client_.acquire({"GPIO17"}, driven_high()));
  properties_heard(line_path("GPIO17"));
  ASSERT_THAT(client_.reconfigure(lease, {}, {{"bias", v("s", "disabled")}}), Succeeded());
  heard(line_path("GPIO17"), "PropertiesChanged",
        [](const Json& arguments) { return arguments.at(1).at("Bias") == "disabled"; });
}

TEST_F(AWatcher, HearsOfALineThatBecameFree) {
  ASSERT_THAT(client_.acquire({"GPIO17"}, driven_high()), Succeeded());
  properties_heard(line_path("GPIO17"));
  client_.kill();
  const Json changed = heard(line_path("GPIO17"), "PropertiesChanged", [](const Json& arguments) {
    return arguments.at(1).at("State") == "free";
  });
  ASSERT_FALSE(changed.is_null());
  EXPECT_EQ(changed.at(1).at("Lease"), "/");
  EXPECT_EQ(changed.at(1).at("Direction"), "input");
}

TEST_F(AWatcher, HearsOfALeaseThatLostALine) {
  const std::string lease = lease_in(client_.acquire({"GPIO17", "GPIO27"}, {}));
  ASSERT_FALSE(heard(kManagerPath, "InterfacesAdded", [&](const Json& arguments) {
                 return is_about(arguments, lease);
               }).is_null());
  ASSERT_THAT(client_.release(lease, {"GPIO17"}), Succeeded());
  const Json changed = properties_heard(lease);
  ASSERT_FALSE(changed.is_null());
  EXPECT_EQ(changed.at(1).at("Lines"), Json::array({"GPIO27"}));
  EXPECT_EQ(changed.at(1).at("LinePaths"), Json::array({line_path("GPIO27")}));
}

TEST_F(AWatcher, HearsNothingOfARefusedCall) {
  ASSERT_THAT(client_.acquire({"GPIO17", "GPIO99"}, driven_high()), RefusedFor("NoSuchLine"));
  ASSERT_THAT(client_.acquire({"GPIO27"}, {}), Succeeded());
  properties_heard(line_path("GPIO27"));
  for (const Json& each : heard_) EXPECT_NE(each.at("path"), line_path("GPIO17"));
}

}  // namespace
}  // namespace gpiobroker::test
