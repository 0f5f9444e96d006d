// SPDX-License-Identifier: GPL-2.0-or-later
// What the gpiobroker command prints for programs, and what it prints as it happens.
#include <sstream>

#include "cases/command_fixture.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// One JSON value a line.
std::vector<Json> json_lines(const std::string& text) {
  std::istringstream lines(text);
  std::vector<Json> values;
  for (std::string each; std::getline(lines, each);) values.push_back(Json::parse(each));
  return values;
}

class APrintingCommand : public CommandTest {
 protected:
  [[nodiscard]] Json json_of(std::vector<std::string> arguments) const {
    arguments.emplace_back("--json");
    const CommandEnd command = run(arguments);
    EXPECT_EQ(command.end, exited(0)) << command.output;
    return Json::parse(command.output);
  }

  /// What a command printed that ends by itself if GPIO17 goes up and down often enough.
  [[nodiscard]] std::string output_while_pressed(const std::vector<std::string>& arguments) {
    const Output output;
    Process command(running(arguments, output.streams()));
    bool high = false;
    EXPECT_TRUE(eventually([&] {
      board_->drive(observer_, kGpio17, high = !high);
      return command.has_ended();
    }));
    EXPECT_EQ(command.wait(), exited(0));
    return output.text();
  }
};

TEST_F(APrintingCommand, ListsTheLinesOfOneChip) {
  const CommandEnd named = run({"list", board_->chip_name(kExpander)});
  EXPECT_THAT(named.output, AllOf(HasSubstr("EXP0"), Not(HasSubstr("GPIO17"))));
  const CommandEnd unknown = run({"list", "gpiochip9"});
  EXPECT_EQ(unknown.end, exited(1));
  EXPECT_THAT(unknown.output, HasSubstr("there are: " + board_->chip_name(kHeader)));
}

TEST_F(APrintingCommand, ListsLinesWithTheirLeasesForPrograms) {
  ClientProcess holder = client();
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, driven_high()));
  const Json lines = json_of({"list"});
  EXPECT_EQ(lines.size(), 54U + 8U);
  const Json& line = lines.at(17);
  EXPECT_EQ(line.at("name"), "GPIO17");
  EXPECT_EQ(line.at("header_pin"), 11);
  EXPECT_EQ(line.at("direction"), "output");
  EXPECT_EQ(line.at("lease").at("path"), lease);
  EXPECT_TRUE(lines.at(18).at("lease").is_null());
  EXPECT_EQ(json_of({"info", "GPIO17"}), Json::array({line}));
}

TEST_F(APrintingCommand, PrintsLevelsForPrograms) {
  EXPECT_EQ(json_of({"get", "GPIO17", "GPIO27"}), (Json{{"GPIO17", 0}, {"GPIO27", 0}}));
}

TEST_F(APrintingCommand, NamesTheLeaseThatItMadeForPrograms) {
  const Json lease = json_of({"acquire", "GPIO17=1", "--ttl", "10m"});
  EXPECT_THAT(lease.at("lease").get<std::string>(), StartsWith("/org/gpiobroker1/leases/"));
  EXPECT_TRUE(pin(kGpio17).high);
}

TEST_F(APrintingCommand, NamesTheLeaseThatItHoldsForPrograms) {
  const Output output;
  Process command(running({"set", "GPIO17=1", "GPIO27=0", "--json"}, output.streams()));
  EXPECT_TRUE(eventually([&] { return output.text().find("Ctrl-C") != std::string::npos; }));
  command.signal(SIGINT);
  EXPECT_EQ(command.wait(), exited(0));
  const Json first = Json::parse(output.text().substr(0, output.text().find("holding")));
  EXPECT_THAT(first.at("lease").get<std::string>(), StartsWith("/org/gpiobroker1/leases/"));
  EXPECT_EQ(first.at("values"), (Json{{"GPIO17", 1}, {"GPIO27", 0}}));
}

TEST_F(APrintingCommand, ListsLeasesForPeople) {
  ClientProcess holder = client();
  (void)lease_in(holder.acquire({"GPIO17"}, driven_high()));
  EXPECT_THAT(run({"leases"}).output, AllOf(HasSubstr("GPIO17"), HasSubstr("connection")));
}

TEST_F(APrintingCommand, TellsItsVersionAndFailsWhereItCannotPrint) {
  EXPECT_THAT(run({"--version"}).output, StartsWith("gpiobroker "));
  const Output errors;
  const FileDescriptor full(checked(open("/dev/full", O_WRONLY | O_CLOEXEC), "/dev/full"));
  Process command(running({"list"}, {.in = -1, .out = full.get(), .err = errors.streams().err}));
  EXPECT_EQ(command.wait(), exited(1));
  EXPECT_THAT(errors.text(), HasSubstr("cannot write to standard output"));
}

TEST_F(APrintingCommand, PrintsEdgesAsTheyCome) {
  const std::string output = output_while_pressed({"monitor", "GPIO17", "--num-events", "2"});
  EXPECT_THAT(output, StartsWith("now GPIO17="));
  EXPECT_THAT(output, AllOf(HasSubstr(" rising GPIO17 "), HasSubstr(" falling GPIO17 ")));
}

TEST_F(APrintingCommand, PrintsEdgesUntilItIsInterrupted) {
  const Output output;
  Process command(running({"monitor", "GPIO17"}, output.streams()));
  EXPECT_TRUE(eventually([&] { return output.text().starts_with("now GPIO17="); }));
  command.signal(SIGINT);
  EXPECT_EQ(command.wait(), exited(0));
}

TEST_F(APrintingCommand, PrintsEdgesForPrograms) {
  const auto lines =
      json_lines(output_while_pressed({"monitor", "GPIO17", "--num-events", "2", "--json"}));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines.at(0).at("line"), "GPIO17");
  EXPECT_EQ(lines.at(2).at("sequence"), lines.at(1).at("sequence").get<int>() + 1);
  EXPECT_NE(lines.at(1).at("event"), lines.at(2).at("event"));
  EXPECT_EQ(lines.at(1).at("clock"), "monotonic");
}

TEST_F(APrintingCommand, PrintsEdgesOfALineThatAnotherHolds) {
  ClientProcess holder = client();
  (void)lease_in(holder.acquire({"GPIO17"}, {{"direction", v("s", "input")}}));
  const std::string output =
      output_while_pressed({"monitor", "--observe", "GPIO17", "--num-events", "1"});
  EXPECT_THAT(output, HasSubstr(" GPIO17 "));
}

TEST_F(APrintingCommand, PrintsThatNothingCame) {
  const CommandEnd command =
      run({"monitor", "GPIO17", "--edge-timeout", "1ms", "--num-events", "1"});
  EXPECT_EQ(command.end, exited(0));
  EXPECT_THAT(command.output, HasSubstr(" timeout GPIO17 "));
}

}  // namespace
}  // namespace gpiobroker::test
