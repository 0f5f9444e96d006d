// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker config check, and the daemon that starts with the same files or does not.
#include <filesystem>
#include <fstream>

#include "harness/broker_test.h"
#include "harness/command.h"
#include "harness/temporary_folder.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kBad =
    R"({"rulez": [], "rules": [{"name": "a", "verbs": ["leese"], "allow": true}]})";

class ACheckOfAConfiguration : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(folder_.file(name)).parent_path());
    std::ofstream(folder_.file(name)) << text;
  }

  static CommandEnd check(const std::vector<std::string>& paths) {
    std::vector<std::string> arguments{"config", "check"};
    arguments.insert(arguments.end(), paths.begin(), paths.end());
    return run_command("gpiobroker", arguments);
  }

  TemporaryFolder folder_;
};

TEST_F(ACheckOfAConfiguration, FindsAGoodFileGood) {
  write("config.json", R"({"rules": [], /* for now */ "quotas": {"exempt": ["root"]}})");
  const CommandEnd command = check({folder_.file("config.json")});
  EXPECT_EQ(command.end, exited(0)) << command.output;
  EXPECT_THAT(command.output, HasSubstr("config.json: right"));
}

TEST_F(ACheckOfAConfiguration, SaysAllThatIsWrongWithAFolder) {
  write("config.json", kBad);
  write("config.d/10-a.json", "{");
  const CommandEnd command = check({folder_.file("")});
  EXPECT_EQ(command.end, exited(1));
  EXPECT_THAT(command.output,
              AllOf(HasSubstr("config.json: unknown key 'rulez'"),
                    HasSubstr("config.json: /rules/0/verbs/0: 'leese' is not a verb: read, lease"),
                    HasSubstr("config.d/10-a.json:1:2: syntax error")));
}

TEST_F(ACheckOfAConfiguration, SaysWhichFileIsNotThere) {
  const CommandEnd command = check({folder_.file("nothing.json")});
  EXPECT_EQ(command.end, exited(1));
  EXPECT_THAT(command.output, HasSubstr("nothing.json: cannot be read: No such file"));
}

TEST_F(ACheckOfAConfiguration, SaysThatItKnowsNoLinesWhereNoBrokerRuns) {
  write("config.json", R"({"aliases": {"fan": "GPIO99"}})");
  const TestBus bus;
  const CommandEnd command = run_command(
      "gpiobroker", {"--address", bus.address(), "config", "check", folder_.file("config.json")});
  EXPECT_EQ(command.end, exited(0)) << command.output;
  EXPECT_THAT(command.output, HasSubstr("no broker runs"));
}

constexpr const char* kIdle = R"({
  "aliases": {"fan": "GPIO99", "led": "GPIO27"},
  "lines": [{"match": ["GPIO17", "GPOI17"], "protected": "a slip of the finger"}],
  "rules": [{"name": "expander", "lines": ["EXP*", "FXP*"], "verbs": ["lease"], "allow": true}]})";

class ALoadedConfigurationThatFitsLittle : public BrokerTest {
 protected:
  ALoadedConfigurationThatFitsLittle() : BrokerTest({}, kIdle) {}

  static auto tells_of_all_that_fits_nothing() {
    return AllOf(HasSubstr("lines: 'GPOI17' fits no line"), HasSubstr("rule 'expander': 'FXP*'"),
                 HasSubstr("alias 'fan': there is no line 'GPIO99'"),
                 testing::Not(HasSubstr("'EXP*'")), testing::Not(HasSubstr("'led'")));
  }
};

TEST_F(ALoadedConfigurationThatFitsLittle, IsToldOfInTheLog) {
  EXPECT_THAT(daemon_.log(), tells_of_all_that_fits_nothing());
}

TEST_F(ALoadedConfigurationThatFitsLittle, IsToldOfByTheCheckBesideABroker) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("config.json")) << kIdle;
  const CommandEnd command = run_command(
      "gpiobroker", {"--address", bus_.address(), "config", "check", folder.file("config.json")});
  EXPECT_EQ(command.end, exited(0)) << command.output;
  EXPECT_THAT(command.output, tells_of_all_that_fits_nothing());
}

TEST(ADaemonWithABadConfiguration, DoesNotStartAndSaysAllThatIsWrong) {
  DaemonProcess daemon({.arguments = {"--simulate", "8", "--address", "unix:path=/nowhere/bus"},
                        .configuration = kBad});
  EXPECT_EQ(daemon.process().wait(), exited(EXIT_FAILURE));
  EXPECT_THAT(daemon.log(),
              AllOf(HasSubstr("gpiobroker config check"), HasSubstr("unknown key 'rulez'"),
                    HasSubstr("/rules/0/verbs/0: 'leese' is not a verb")));
}

TEST(ADaemonWithABadConfiguration, DoesNotTakeAFolderThatIsNotThere) {
  const CommandEnd command =
      run_command("gpiobrokerd", {"--simulate", "8", "--config", "/nowhere/gpiobroker"});
  EXPECT_EQ(command.end, exited(2));
  EXPECT_THAT(command.output, HasSubstr("/nowhere/gpiobroker"));
}

}  // namespace
}  // namespace gpiobroker::test
