// SPDX-License-Identifier: GPL-2.0-or-later
// Starts each command in turn, from nothing to its end.
#include <cstdlib>
#include <sstream>

#include <unistd.h>

#include "command.h"
#include "measure.h"

namespace gpiobroker::bench {
namespace {

struct Command {
  std::string name;
  Words words;
  double goal = 0;  // in times of `true`
  Samples times = {};
};

std::vector<Command> own_commands(const Settings& settings, const std::string& leased) {
  const std::string program = program_beside("gpiobroker");
  const auto command = [&](Words words) {
    words.insert(words.begin(), {program, "--address", settings.address});
    return words;
  };
  run(command({"acquire", "--for-process", std::to_string(getpid()), leased + "=0"}));
  return {{"bare call by libsystemd alone",
           {program_beside("gpiobroker-bench-bare-call"), settings.address, leased}},
          {"gpiobroker set, of a leased line", command({"set", "--leased", leased + "=1"}), 2.5},
          {"gpiobroker get", command({"get", leased}), 2.5},
          {"gpiobroker list", command({"list"}), 4.0}};
}

bool is_here(const std::string& program) {
  if (program.contains('/')) return access(program.c_str(), X_OK) == 0;
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((folder + "/" + program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

/// Those of libgpiod 2, which name the chip by an option. `gpioset` is to toggle no more, and end.
std::vector<Command> commands_of_libgpiod(const Settings& settings) {
  if (settings.device.empty()) return {};
  const std::string folder = settings.tools.empty() ? "" : settings.tools + "/";
  const std::string& chip = settings.device;
  const std::string offset = std::to_string(settings.offset + 1);
  std::vector<Command> commands{{"gpioset", {folder + "gpioset", "-t0", "-c", chip, offset + "=1"}},
                                {"gpioget", {folder + "gpioget", "-c", chip, offset}},
                                {"gpioinfo", {folder + "gpioinfo", "-c", chip}}};
  std::erase_if(commands, [](const Command& each) { return !is_here(each.words.front()); });
  return commands;
}

}  // namespace

Measurements time_processes(const Settings& settings) {
  std::vector<Command> commands{{"true", {"/bin/true"}}};
  const std::string leased = line_after(settings, 4);
  for (Command& each : own_commands(settings, leased)) commands.push_back(std::move(each));
  for (Command& each : commands_of_libgpiod(settings)) commands.push_back(std::move(each));
  for (int i = 0; i < settings.starts; ++i) {
    for (Command& each : commands) each.times.add(time_of([&] { run(each.words); }));
  }
  Measurements rows;
  for (const Command& each : commands) rows.push_back({each.name, each.times, each.goal});
  return rows;
}

}  // namespace gpiobroker::bench
