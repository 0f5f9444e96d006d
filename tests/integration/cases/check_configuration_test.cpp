// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker config check, and the daemon that starts with the same files.
#include <filesystem>
#include <fstream>

#include "harness/broker_test.h"
#include "harness/command.h"
#include "harness/temporary_folder.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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

TEST_F(ACheckOfAConfiguration, NeedsNoneWhereTheDaemonNeedsNone) {
  EXPECT_THAT(check({}).output, Not(HasSubstr("cannot be read")));
  EXPECT_EQ(check({folder_.file("nowhere")}).end, exited(1));
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

TEST_F(ALoadedConfigurationThatFitsLittle, IsToldOfByTheCheckInJson) {
  const TemporaryFolder folder;
  const std::string file = folder.file("config.json");
  std::ofstream(file) << kIdle;
  const CommandEnd command =
      run_command("gpiobroker", {"--address", bus_.address(), "--json", "config", "check", file});
  EXPECT_EQ(command.end, exited(0)) << command.output;
  const Json notes = Json::parse(command.output);
  ASSERT_EQ(notes.size(), 3U) << notes;
  for (const Json& note : notes) {
    EXPECT_EQ(note.at("file"), file);
    EXPECT_EQ(note.at("note"), true);
  }
}

TEST_F(ACheckOfAConfiguration, WarnsOfNamesThatAreNotKnownAndFindsItRight) {
  write("config.json", R"({"rules": [{"name": "a", "users": ["nobody-of-that-name"],
                                      "verbs": ["lease"], "allow": true}]})");
  const CommandEnd command = check({folder_.file("config.json")});
  EXPECT_EQ(command.end, exited(0)) << command.output;
  EXPECT_THAT(command.output,
              AllOf(HasSubstr("config.json: right"), HasSubstr("warning: "),
                    HasSubstr("/rules/0/users/0: there is no user 'nobody-of-that-name'")));
}

class ABrokerWithABadConfiguration : public BrokerTest {
 protected:
  ABrokerWithABadConfiguration() : BrokerTest({}, kBad) {}

  Json problems() { return properties(kManagerPath, kManager).at("Problems"); }

  ClientProcess root_ = client(kRoot);
};

TEST_F(ABrokerWithABadConfiguration, LeasesNothingToAnybodyAndSaysWhy) {
  for (const uid_t user : {kRoot, kNobody}) {
    EXPECT_THAT(client(user).acquire({"GPIO17"}, driven_high()),
                RefusedFor("BadConfiguration", HasSubstr("config.json: ")));
  }
  EXPECT_TRUE(is_safe(kGpio17));
}

// What an alias stands for is not known as long as the file that gives it is wrong.
TEST_F(ABrokerWithABadConfiguration, SaysTheSameOfALineThatItDoesNotKnow) {
  EXPECT_THAT(root_.acquire({"fan"}, {}), RefusedFor("BadConfiguration"));
}

TEST_F(ABrokerWithABadConfiguration, ReadsNoLevel) {
  EXPECT_THAT(root_.call(on_manager("ReadLines", "asa{sv}",
                                    Json::array({std::vector<std::string>{"GPIO17"}, Settings{}}))),
              RefusedFor("BadConfiguration"));
}

TEST_F(ABrokerWithABadConfiguration, TellsWhoLooksAllThatIsWrong) {
  EXPECT_TRUE(everything().is_object());
  EXPECT_THAT(problems().dump(),
              AllOf(HasSubstr("nobody may use a line"), HasSubstr("unknown key 'rulez'"),
                    HasSubstr("/rules/0/verbs/0: 'leese' is not a verb")));
  const CommandEnd status = run_command("gpiobroker", {"--address", bus_.address(), "status"});
  EXPECT_EQ(status.end, exited(0));
  EXPECT_THAT(status.output, HasSubstr("unknown key 'rulez'"));
}

TEST_F(ABrokerWithABadConfiguration, ServesOnceItIsMendedAndHasSaidSoOnce) {
  daemon_.configure(DaemonProcess::kOpenToAll);
  EXPECT_TRUE(eventually([&] { return root_.acquire({"GPIO17"}, driven_high()).error.empty(); }));
  EXPECT_EQ(problems(), Json::array());
  const std::string log = daemon_.log();
  const std::string said = "the configuration is not in force, and so nobody";
  EXPECT_NE(log.find(said), std::string::npos);
  EXPECT_EQ(log.find(said), log.rfind(said)) << log;
}

TEST_F(ABrokerWithABadConfiguration, KeepsTheOneBeforeWhenItIsReloaded) {
  daemon_.configure(DaemonProcess::kOpenToAll);
  EXPECT_TRUE(eventually([&] { return root_.acquire({"GPIO17"}, driven_high()).error.empty(); }));
  daemon_.configure(kBad);
  daemon_.process().signal(SIGHUP);
  EXPECT_TRUE(eventually([&] { return problems() != Json::array(); }));
  EXPECT_THAT(problems().dump(), HasSubstr("the one before stays in force"));
  EXPECT_THAT(root_.acquire({"GPIO27"}, driven_high()), Succeeded());
  daemon_.configure(DaemonProcess::kOpenToAll);
  daemon_.process().signal(SIGHUP);
  EXPECT_TRUE(eventually([&] { return problems() == Json::array(); }));
}

TEST(ADaemonWithABadConfiguration, DoesNotTakeAFolderThatIsNotThere) {
  const CommandEnd command =
      run_command("gpiobrokerd", {"--simulate", "8", "--config", "/nowhere/gpiobroker"});
  EXPECT_EQ(command.end, exited(2));
  EXPECT_THAT(command.output, HasSubstr("/nowhere/gpiobroker"));
}

}  // namespace
}  // namespace gpiobroker::test
