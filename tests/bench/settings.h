// SPDX-License-Identifier: GPL-2.0-or-later
// What the benchmark is told on its command line.
#pragma once

#include <string>
#include <vector>

namespace gpiobroker::bench {

struct Settings {
  std::string address;
  std::string chip = "a simulated chip";
  std::string json_file;
  std::string device;        ///< a chip of the kernel's; empty: the broker has none
  std::string gpio_manager;  ///< libgpiod's D-Bus daemon; empty: it is not compared with
  std::string tools;  ///< the folder of libgpiod's commands; empty: where the shell finds them
  std::string line = "GPIO17";
  unsigned offset = 17;  ///< of the line on that chip; lines behind it are used, too
  int rounds = 2000;
  int edges = 300;
  int victims = 200;
  int starts = 60;
  int leases = 0;                    ///< to measure memory with so many, and nothing else
  std::vector<std::string> reports;  ///< of earlier runs, to print the median of, and nothing else
};

/// A line that many after the one to use, on the same chip, as the broker finds it.
[[nodiscard]] std::string line_after(const Settings& settings, unsigned distance);

/// Ends the program where the command line is wrong, or asks for help.
[[nodiscard]] Settings parse(int argc, char** argv);

}  // namespace gpiobroker::bench
