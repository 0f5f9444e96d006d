// SPDX-License-Identifier: GPL-2.0-or-later
// What the broker tells of itself: counts, the command that shows them, and the log.
#include "harness/broker_test.h"
#include "harness/command.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ABrokersAccount : public BrokerTest {
 protected:
  Json count(const char* name) { return properties(kManagerPath, kManager).at(name); }

  std::string status(const std::vector<std::string>& options = {}) {
    std::vector<std::string> arguments{"--address", bus_.address(), "status"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const CommandEnd command = run_command("gpiobroker", arguments);
    EXPECT_EQ(command.end, exited(0)) << command.output;
    return command.output;
  }

  /// A lease that is released, one whose holder is killed, and a refusal between them.
  void live_through_something() {
    EXPECT_THAT(released_.acquire({"GPIO17", "GPIO18"}, driven_high()), Succeeded());
    EXPECT_THAT(killed_.acquire({"GPIO17"}, {}), RefusedFor("Busy"));
    EXPECT_THAT(released_.release_lines({}), Succeeded());
    EXPECT_THAT(killed_.acquire({"GPIO17"}, driven_high()), Succeeded());
    killed_.process().signal(SIGKILL);
    killed_.process().wait();
    wait_for_goodbye(killed_);
  }

  ClientProcess released_ = client();
  ClientProcess killed_ = client();
};

TEST_F(ABrokersAccount, CountsLeasesTheirEndsResetsAndRefusals) {
  live_through_something();
  EXPECT_EQ(count("LeasesGranted"), 2);
  EXPECT_EQ(count("LeasesEnded"), Json::parse(R"({"holder-gone": 1, "released": 1})"));
  EXPECT_EQ(count("LinesReset"), 3);
  EXPECT_EQ(count("FailedResets"), 0);
  EXPECT_GT(count("SlowestReset"), 0);
  EXPECT_EQ(count("CallsRefused"), Json::parse(R"({"Busy": 1})"));
}

TEST_F(ABrokersAccount, IsShownByTheCommand) {
  live_through_something();
  EXPECT_THAT(status(), AllOf(HasSubstr("leases       0 now, 2 granted"),
                              HasSubstr("ended        2: holder-gone 1, released 1"),
                              HasSubstr("reset        3 lines, 0 attempts failed"),
                              HasSubstr("quarantined  none"), HasSubstr("edges        0, 0 lost"),
                              HasSubstr("refused      1: Busy 1")));
}

TEST_F(ABrokersAccount, IsShownByTheCommandAsJson) {
  live_through_something();
  const Json json = Json::parse(status({"--json"}));
  EXPECT_EQ(json.at("leases_granted"), 2);
  EXPECT_EQ(json.at("leases_ended").at("holder-gone"), 1);
  EXPECT_EQ(json.at("quarantined"), Json::array());
}

TEST_F(ABrokersAccount, HasALinePerGrantRefusalAndEnd) {
  live_through_something();
  EXPECT_THAT(
      daemon_.log(),
      AllOf(HasSubstr("lease 1 granted to " + released_.bus_name()),
            HasSubstr("refused AcquireLines to " + killed_.bus_name()), HasSubstr("Busy: line "),
            HasSubstr("lease 1 of " + released_.bus_name() + " ended: released"),
            HasSubstr("lease 2 of " + killed_.bus_name() + " ended: holder-gone")));
}

TEST_F(ABrokersAccount, HasNoLineForReadingAndDriving) {
  const std::string lease = lease_in(released_.acquire({"GPIO17"}, driven_high()));
  EXPECT_THAT(released_.set_values(lease, {{"GPIO17", 0}}), Succeeded());  // the grant is logged
  const std::string before = daemon_.log();
  EXPECT_THAT(released_.set_values(lease, {{"GPIO17", 1}}), Succeeded());
  EXPECT_THAT(released_.get_values(lease, {"GPIO17"}), Succeeded());
  EXPECT_EQ(daemon_.log(), before);
}

TEST_F(ABrokersAccount, IsNotFilledByAClientThatIsRefusedOverAndOver) {
  constexpr int kRefusals = 1000;
  for (int i = 0; i < kRefusals; ++i) {
    EXPECT_THAT(released_.acquire({"NOWHERE"}, {}), RefusedFor("NoSuchLine"));
  }
  const std::string log = daemon_.log();
  EXPECT_LT(std::ranges::count(log, '\n'), kRefusals / 2);
  EXPECT_EQ(count("CallsRefused").at("NoSuchLine"), kRefusals);
}

}  // namespace
}  // namespace gpiobroker::test
