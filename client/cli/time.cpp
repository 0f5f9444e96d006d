// SPDX-License-Identifier: LGPL-2.1-or-later
// Units by CLI11.
#include "cli/time.h"

#include <cstdint>
#include <map>

namespace gpiobroker::cli {

void add_time(CLI::App& verb, const std::string& name, const std::string& description,
              std::function<void(std::chrono::milliseconds)> set) {
  const std::map<std::string, std::int64_t> units{
      {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};
  CLI::Validator unit = CLI::AsNumberWithUnit(units);
  unit.description("");  // its own is not for people
  verb.add_option_function<std::int64_t>(
          name, [set = std::move(set)](std::int64_t time) { set(std::chrono::milliseconds(time)); },
          description)
      ->transform(unit)
      ->type_name("TIME");
}

}  // namespace gpiobroker::cli
