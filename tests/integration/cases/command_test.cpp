// SPDX-License-Identifier: GPL-2.0-or-later
// The gpiobroker command as a shell script meets it: what it prints, how it ends, what is left.
#include "cases/command_fixture.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

/// A shell that reads a script from a pipe, with the command in its PATH, and stays.
class AShellWithAScript {
 public:
  AShellWithAScript(const std::string& script, const std::string& bus)
      : process_({.command = {"/bin/sh", "-e"},
                  .environment = {"GPIOBROKER_ADDRESS=" + bus,
                                  "PATH=" + folder_of_programs() + ":/usr/bin:/bin"},
                  .user = {},
                  .streams = {.in = script_.reader.get(), .out = -1, .err = -1}}) {
    const std::string text = script + "\n";
    checked(write(script_.writer.get(), text.data(), text.size()), "write");
  }

  [[nodiscard]] Process& process() { return process_; }

 private:
  static std::string folder_of_programs() {
    const std::string program = program_beside("gpiobroker");
    return program.substr(0, program.rfind('/'));
  }

  Pipe script_;
  Process process_;
};

class AShellCommand : public CommandTest {
 protected:
  [[nodiscard]] bool is_driven_high() { return pin(kGpio17).driven && pin(kGpio17).high; }

  /// Holds GPIO17 for a command that says when it is there: signals are passed on to it then.
  [[nodiscard]] Program holding(const Output& output) const {
    return running({"hold", "GPIO17=1", "--", "sh", "-c", "echo here; exec sleep infinity"},
                   output.streams());
  }

  /// The same for a script, which an ordinary user runs.
  [[nodiscard]] Program holding_for_script(const std::string& script, const Output& output) const {
    Program program =
        running({"hold", "GPIO17=1", "--", "/bin/sh", "-c", script}, output.streams());
    program.user = client_user();
    return program;
  }

  [[nodiscard]] static std::string first_line_of(const Output& output) {
    EXPECT_TRUE(eventually([&] { return output.text().find('\n') != std::string::npos; }));
    return output.text().substr(0, output.text().find('\n'));
  }

  static void wait_for_held_command(const Output& output) {
    ASSERT_TRUE(eventually([&] { return output.text() == "here\n"; }));
  }

  void expect_driven_until(Process& command, int signal, const ProcessEnd& end) {
    ASSERT_TRUE(eventually([&] { return is_driven_high(); }));
    command.signal(signal);
    EXPECT_EQ(command.wait(), end);
    EXPECT_TRUE(eventually([&] { return is_safe(kGpio17); }));
    EXPECT_TRUE(eventually([&] { return lease_paths().empty(); }));
  }
};

TEST_F(AShellCommand, PrintsLevels) {
  const CommandEnd command = run({"get", "GPIO17", "GPIO27"});
  EXPECT_EQ(command.end, exited(0));
  EXPECT_EQ(command.output, "GPIO17=0\nGPIO27=0\n");
}

TEST_F(AShellCommand, DrivesALineUntilItIsInterrupted) {
  Process command(running({"set", "GPIO17=1"}));
  expect_driven_until(command, SIGINT, exited(0));
}

TEST_F(AShellCommand, LeavesNothingDrivenWhenItIsKilled) {
  Process command(running({"set", "GPIO17=1"}));
  expect_driven_until(command, SIGKILL, killed_by(SIGKILL));
}

TEST_F(AShellCommand, LeavesNothingDrivenWhenItIsKilledHoldingForAnother) {
  Process command(running({"hold", "GPIO17=1", "--", "sleep", "infinity"}));
  expect_driven_until(command, SIGKILL, killed_by(SIGKILL));
}

TEST_F(AShellCommand, PassesASignalOnToTheCommandThatItHoldsFor) {
  for (const int signal : {SIGTERM, SIGHUP, SIGUSR1, SIGUSR2}) {
    const Output output;
    Process command(holding(output));
    wait_for_held_command(output);
    expect_driven_until(command, signal, exited(128 + signal));
  }
}

TEST_F(AShellCommand, HoldsForACommandOfAnOrdinaryUserThatDrivesTheLine) {
  const Output output;
  const Process command(holding_for_script("echo $GPIOBROKER_LEASE; exec sleep infinity", output));
  const std::string lease = first_line_of(output);
  EXPECT_TRUE(is_driven_high());
  EXPECT_THAT(client().set_values(lease, {{"GPIO17", 0}}), Succeeded());
  EXPECT_FALSE(is_driven_high());
  const Reply strangers = client(kSomebodyElse).set_values(lease, {{"GPIO17", 1}});
  EXPECT_EQ(strangers.error, kUnknownObject);
  EXPECT_FALSE(is_driven_high());
}

TEST_F(AShellCommand, LeavesTheLineToWhatItsCommandStartedWhenItIsKilled) {
  const Output output;
  Process command(holding_for_script("sleep infinity & echo $!; wait", output));
  const pid_t started = std::stoi(first_line_of(output));
  const std::string holder = properties(lease_paths().at(0), kLease).at("Holder");
  command.signal(SIGKILL);
  EXPECT_EQ(command.wait(), killed_by(SIGKILL));
  wait_for_goodbye(holder);
  EXPECT_TRUE(is_driven_high());
  checked(kill(started, SIGKILL), "kill");
  EXPECT_TRUE(eventually([&] { return is_safe(kGpio17) && lease_paths().empty(); }));
}

TEST_F(AShellCommand, TellsThatSomethingIsLeftRunningWithoutTheLine) {
  const Output output;
  Process command(holding_for_script("sleep infinity & echo $!", output));
  EXPECT_EQ(command.wait(), exited(0));
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_THAT(output.text(), HasSubstr("what it left running has the lines no more"));
  checked(kill(std::stoi(first_line_of(output)), SIGKILL), "kill");
  EXPECT_THAT(run({"hold", "GPIO17=1", "--", "true"}).output, IsEmpty());
}

TEST_F(AShellCommand, EndsTheCommandThatItHoldsForWhenTheLeaseIsRevoked) {
  const Output output;
  Process command(holding(output));
  wait_for_held_command(output);
  EXPECT_EQ(run({"revoke", "GPIO17", "--reason", "fire"}).end, exited(0));
  EXPECT_EQ(command.wait(), exited(1));
  EXPECT_THAT(output.text(), HasSubstr("revoked: fire; ending the command"));
}

TEST_F(AShellCommand, EndsAsTheCommandThatItHoldsFor) {
  EXPECT_EQ(run({"hold", "GPIO17=1", "--", "true"}).end, exited(0));
  EXPECT_EQ(run({"hold", "GPIO17=1", "--", "sh", "-c", "exit 7"}).end, exited(7));
  EXPECT_EQ(run({"hold", "GPIO17=1", "--", "sh", "-c", "kill -TERM $$"}).end,
            exited(128 + SIGTERM));
  EXPECT_EQ(run({"hold", "GPIO17=1", "--", "/nowhere/command"}).end, exited(127));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(AShellCommand, HoldsForACommandThatSeesTheLineDriven) {
  const CommandEnd command = run({"hold", "GPIO17=1", "--", program_beside("gpiobroker"),
                                  "--address", bus_.address(), "get", "GPIO17"});
  EXPECT_EQ(command.output, "GPIO17=1\n");
}

TEST_F(AShellCommand, LeasesALineForAShellThatUsesItInLaterCommands) {
  AShellWithAScript shell(R"(
gpiobroker acquire --for-shell GPIO17=0
gpiobroker set --leased GPIO17=1
)",
                          bus_.address());
  expect_driven_until(shell.process(), SIGKILL, killed_by(SIGKILL));
}

TEST_F(AShellCommand, LeasesALineForTheShellThatIsMeant) {
  for (const char* const way : {"lease=$(gpiobroker acquire --for-shell GPIO17=1 | cat)",
                                "(gpiobroker acquire --for-shell GPIO17=1)",
                                "timeout 60 gpiobroker acquire --for-shell GPIO17=1",
                                "echo GPIO17=1 | xargs gpiobroker acquire --for-shell"}) {
    AShellWithAScript shell(way, bus_.address());
    expect_driven_until(shell.process(), SIGKILL, killed_by(SIGKILL));
  }
}

TEST_F(AShellCommand, LeasesNoLineForAShellThatIsForOneCommand) {
  const Output output;
  Program shell = running({"acquire", "--for-shell", "GPIO17=1"}, output.streams());
  shell.command.insert(shell.command.begin(), {"/bin/sh", "-c", "\"$0\" \"$@\"; exit $?"});
  EXPECT_EQ(Process(shell).wait(), exited(2));
  EXPECT_THAT(output.text(),
              AllOf(HasSubstr("was started for one command (-c)"), HasSubstr("--for-process")));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(AShellCommand, SetsWhatIsLeasedAndLeavesIt) {
  EXPECT_EQ(run({"acquire", "--ttl", "1h", "GPIO17=0"}).end, exited(0));
  EXPECT_EQ(run({"set", "--leased", "GPIO17=1"}).end, exited(0));
  EXPECT_TRUE(is_driven_high());
}

TEST_F(AShellCommand, LeasesALineForATime) {
  EXPECT_EQ(run({"acquire", "--ttl", "1h", "GPIO17=1"}).end, exited(0));
  EXPECT_TRUE(is_driven_high());
  EXPECT_EQ(run({"release", "GPIO17", "GPIO27"}).end, exited(0));
  EXPECT_TRUE(is_safe(kGpio17));
  EXPECT_EQ(run({"acquire", "--ttl", "200ms", "GPIO17=1"}).end, exited(0));
  EXPECT_TRUE(eventually([&] { return is_safe(kGpio17); }));
}

TEST_F(AShellCommand, LeasesForOneLifetimeOnly) {
  EXPECT_EQ(run({"acquire", "GPIO17=1"}).end, exited(2));
  EXPECT_EQ(run({"acquire", "--ttl", "1s", "--persistent", "GPIO17=1"}).end, exited(2));
  EXPECT_EQ(run({"set", "--leased", "GPIO17=1"}).end, exited(1));
}

TEST_F(AShellCommand, SaysThatItDrivesNothingToWhoGivesItAValue) {
  const std::vector<std::vector<std::string>> verbs{
      {"get"}, {"info"}, {"release"}, {"revoke"}, {"monitor"}, {"policy", "explain", "root"}};
  for (std::vector<std::string> command : verbs) {
    const std::string verb = command.front();
    command.emplace_back("GPIO4=1");
    if (verb == "policy") command.emplace_back("read");
    const CommandEnd end = run(command);
    EXPECT_EQ(end.end, exited(2)) << verb;
    EXPECT_THAT(end.output, HasSubstr("'GPIO4=1' has a value, and nothing is driven here")) << verb;
  }
  EXPECT_THAT(run({"get", "line::GPIO4=1"}).output, HasSubstr("no line here is called so"));
}

TEST_F(AShellCommand, RevokesALeaseAndItsHolderHearsWhy) {
  ClientProcess holder = client();
  holder.watch("type='signal',interface='org.gpiobroker1.Lease',member='Ended'");
  EXPECT_THAT(holder.acquire({"GPIO17"}, driven_high()), Succeeded());
  EXPECT_EQ(run({"revoke", "GPIO17", "--reason", "the house is on fire"}).end, exited(0));
  EXPECT_TRUE(is_safe(kGpio17));
  Json heard;
  EXPECT_TRUE(eventually([&] {
    heard = holder.signals();
    return !heard.empty();
  }));
  EXPECT_EQ(heard.at(0).at("arguments"), Json::array({"revoked", "the house is on fire"}));
}

TEST_F(AShellCommand, RevokesALeaseForAReasonInAnyEncoding) {
  const Output output;
  Process command(holding(output));
  wait_for_held_command(output);
  EXPECT_EQ(run({"revoke", "GPIO17", "--reason", "Feuer \xfc\\"}).end, exited(0));
  EXPECT_EQ(command.wait(), exited(1));
  EXPECT_THAT(output.text(), HasSubstr("revoked: Feuer \\xfc\\x5c;"));
  EXPECT_THAT(run({"get", "T\xfcr"}).output, HasSubstr("'T\\xfcr'"));
}

TEST_F(AShellCommand, ShowsAConsumerOfAnyBytesAsTheBrokerSpellsIt) {
  EXPECT_THAT(run({"acquire", "--ttl", "1h", "--consumer", "T\xfcr\\", "GPIO17"}).end, exited(0));
  EXPECT_EQ(line("GPIO17").at("Consumer"), "T\\xfcr\\x5c");
  EXPECT_THAT(run({"info", "GPIO17"}).output, HasSubstr(" T\\xfcr\\x5c\n"));
}

TEST_F(AShellCommand, ReleasesALineThatIsNamedTwice) {
  EXPECT_EQ(run({"acquire", "--ttl", "1h", "GPIO17=1"}).end, exited(0));
  EXPECT_EQ(run({"release", "GPIO17", "J8:11", "GPIO17"}).end, exited(0));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(AShellCommand, SaysWhoHasALine) {
  ClientProcess holder = client();
  EXPECT_THAT(holder.acquire({"GPIO17"}, driven_high()), Succeeded());
  const CommandEnd command = run({"hold", "GPIO17=0", "--", "true"});
  EXPECT_EQ(command.end, exited(3));
  EXPECT_THAT(command.output, HasSubstr("is held by uid " + std::to_string(client_user())));
  EXPECT_TRUE(is_driven_high());
}

TEST_F(AShellCommand, ListsLinesAndLeases) {
  ClientProcess holder = client();
  EXPECT_THAT(holder.acquire({"GPIO17"}, driven_high()), Succeeded());
  EXPECT_THAT(run({"list"}).output, AllOf(HasSubstr("GPIO17"), HasSubstr("leased")));
  EXPECT_THAT(run({"info", "GPIO17"}).output, HasSubstr("pull-up"));
  const Json leases = Json::parse(run({"leases", "--json"}).output);
  EXPECT_EQ(leases.at(0).at("lines"), Json::array({"GPIO17"}));
  EXPECT_EQ(leases.at(0).at("holder").at("pid"), holder.process().pid());
}

TEST_F(AShellCommand, TellsWhatIsWrongWithItsArguments) {
  EXPECT_EQ(run({}).end, exited(2));
  EXPECT_EQ(run({"get"}).end, exited(2));
  EXPECT_EQ(run({"hold", "GPIO17=1"}).end, exited(2));
  const CommandEnd level = run({"set", "GPIO17=2"});
  EXPECT_EQ(level.end, exited(2));
  EXPECT_THAT(level.output, HasSubstr("GPIO17=2"));
  EXPECT_EQ(run({"monitor", "GPIO17=1"}).end, exited(2));
  for (const char* const time : {"0", "25h", "-5", "1d", "soon"}) {
    const CommandEnd acquire = run({"acquire", "--ttl", time, "GPIO17"});
    EXPECT_EQ(acquire.end, exited(2));
    EXPECT_THAT(acquire.output, HasSubstr("' is not a time from 1ms to 24h: "));
  }
  const CommandEnd line = run({"get", "GPIO99"});
  EXPECT_EQ(line.end, exited(1));
  EXPECT_THAT(line.output, HasSubstr("GPIO99"));
}

TEST(AShellCommandWithoutABus, SaysSo) {
  const CommandEnd command =
      run_command("gpiobroker", {"--address", "unix:path=/nowhere/bus", "list"});
  EXPECT_EQ(command.end, exited(5));
  EXPECT_THAT(command.output, HasSubstr("bus"));
}

TEST_F(AShellCommand, SaysWhenTheBrokerIsNotThere) {
  EXPECT_EQ(daemon_.terminate(), exited(0));
  const CommandEnd command = run({"get", "GPIO17"});
  EXPECT_EQ(command.end, exited(5));
  EXPECT_THAT(command.output, HasSubstr("gpiobroker"));
}

}  // namespace
}  // namespace gpiobroker::test
