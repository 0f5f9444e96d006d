// SPDX-License-Identifier: GPL-2.0-or-later
// An output that nobody leases and that the broker holds as it is.
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

constexpr const char* kKeep = R"({"lines": [{"match": ["GPIO17"], "safe": "keep"}]})";

/// Its last holder left it driven, as its safe state wants it.
class AKeptLine : public BrokerTest {
 protected:
  AKeptLine() : BrokerTest({}, kKeep) {
    const std::string lease = lease_in(root_.acquire({"GPIO17"}, driven_high()));
    EXPECT_THAT(root_.release(lease), Succeeded());
  }

  ClientProcess root_ = client(kRoot);
};

TEST_F(AKeptLine, IsShownAsWhatItIs) {
  EXPECT_EQ(line("GPIO17").at("State"), "kept");
  EXPECT_TRUE(line("GPIO17").at("Used").get<bool>());
  EXPECT_EQ(line("GPIO27").at("State"), "free");
}

TEST_F(AKeptLine, IsGivenBackAsItIsWhenRootReleasesIt) {
  ASSERT_THAT(root_.release_lines({"GPIO17"}), Succeeded());
  EXPECT_EQ(line("GPIO17").at("State"), "free");
  EXPECT_FALSE(line("GPIO17").at("Used").get<bool>());
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(AKeptLine, IsNotGivenBackByOthers) {
  ClientProcess other = client(kNobody);
  ASSERT_THAT(other.release_lines({"GPIO17"}), Succeeded());
  EXPECT_EQ(line("GPIO17").at("State"), "kept");
}

TEST_F(AKeptLine, OnceGivenBackIsNotTakenAgainByWhomMayOnlyRead) {
  ASSERT_THAT(root_.release_lines({"GPIO17"}), Succeeded());
  const Call reading =
      on_manager("ReadLines", "asa{sv}", Json::array({Json::array({"GPIO17"}), Settings{}}));
  ClientProcess other = client(kNobody);
  EXPECT_THAT(other.call(reading), RefusedFor("Denied"));
  EXPECT_EQ(line("GPIO17").at("State"), "free");
  EXPECT_THAT(root_.call(reading), Succeeded());
  EXPECT_EQ(line("GPIO17").at("State"), "kept");
}

}  // namespace
}  // namespace gpiobroker::test
