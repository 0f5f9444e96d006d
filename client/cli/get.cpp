// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb get: reads levels in one call, and prints them in the order of the arguments.
#include "cli/verbs.h"

#include <iostream>
#include <memory>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/lease_options.h"
#include "cli/text.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

int get(const CommonOptions& common, const std::vector<std::string>& lines) {
  const Values values = Broker(common.address).read_lines(lines);
  Json json = Json::object();
  for (const std::string& line : lines) {
    const int level = values.at(line) ? 1 : 0;
    if (common.json) {
      json.add(line, level);
    } else {
      std::cout << printable(line) << '=' << level << '\n';
    }
  }
  if (common.json) print(json);
  return kOk;
}

}  // namespace

void add_get(Verb& root) {
  const auto lines = std::make_shared<std::vector<std::string>>();
  Verb verb =
      root.add_verb("get", "read levels on the wire, without a lease, whoever has the lines");
  verb.add("LINE", *lines, "such as GPIO17, J8:11, gpiochip0:17").required().checked(refuse_value);
  verb.does([lines](const CommonOptions& common) { return get(common, *lines); });
}

}  // namespace gpiobroker::cli
