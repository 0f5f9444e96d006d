// SPDX-License-Identifier: LGPL-2.1-or-later
// What /proc says of a process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gpiobroker::cli {

struct ProcessFacts {
  std::int32_t pid = 0;
  std::int32_t parent = 0;             ///< 0: none that can be seen from here
  std::string program;                 ///< its file's name, such as "bash"; or what it is called
  std::vector<std::string> arguments;  ///< the words it was started with, its name included
  bool is_copy = false;  ///< forked, and nothing executed since: a subshell, for example

  bool operator==(const ProcessFacts&) const = default;
};

/// Nothing if there is no such process, or none that this user may see.
[[nodiscard]] std::optional<ProcessFacts> process_facts(std::int32_t pid);

}  // namespace gpiobroker::cli
