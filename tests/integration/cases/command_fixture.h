// SPDX-License-Identifier: GPL-2.0-or-later
// The gpiobroker command on the bus of a test.
#pragma once

#include "harness/broker_test.h"
#include "harness/command.h"

namespace gpiobroker::test {

class CommandTest : public BrokerTest {
 protected:
  /// Runs it to its end.
  [[nodiscard]] CommandEnd run(const std::vector<std::string>& arguments) const {
    return run_command("gpiobroker", with_address(arguments));
  }

  /// One that goes on until it is ended.
  [[nodiscard]] Program running(const std::vector<std::string>& arguments,
                                const Streams& streams = {}) const {
    Program program{
        .command = with_address(arguments), .environment = {}, .user = {}, .streams = streams};
    program.command.insert(program.command.begin(), program_beside("gpiobroker"));
    return program;
  }

 private:
  [[nodiscard]] std::vector<std::string> with_address(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--address", bus_.address()});
    return arguments;
  }
};

}  // namespace gpiobroker::test
