// SPDX-License-Identifier: GPL-2.0-or-later
// Formatting; every ratio is median to median of the same run.
#include "report.h"

#include <cstdio>

#include <nlohmann/json.hpp>

namespace gpiobroker::bench {
namespace {

double in_pings(const Measurement& measurement, const Report& report) {
  return measurement.samples.median() / report.measurements.front().samples.median();
}

std::string goal(double most_pings) {
  if (most_pings == 0) return "";
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", most_pings);
  return text;
}

std::string row(const Measurement& measurement, const Report& report) {
  char line[128];
  const Samples& samples = measurement.samples;
  std::snprintf(line, sizeof line, "%-20s %9.1f %9.1f %9.1f %7.2f %6s\n", measurement.name.c_str(),
                samples.median().count(), samples.p99().count(), samples.longest().count(),
                in_pings(measurement, report), goal(measurement.most_pings).c_str());
  return line;
}

}  // namespace

std::string Report::table() const {
  std::string text = "on " + chip + "\n";
  text += "operation               median       p99   longest   pings   goal\n";
  text += "                            us        us        us\n";
  for (const Measurement& measurement : measurements) text += row(measurement, *this);
  return text;
}

std::string Report::json() const {
  nlohmann::ordered_json report{{"chip", chip}, {"operations", nlohmann::ordered_json::array()}};
  for (const Measurement& measurement : measurements) {
    nlohmann::ordered_json entry{{"name", measurement.name},
                                 {"count", measurement.samples.count()},
                                 {"median_us", measurement.samples.median().count()},
                                 {"p99_us", measurement.samples.p99().count()},
                                 {"longest_us", measurement.samples.longest().count()},
                                 {"pings", in_pings(measurement, *this)}};
    if (measurement.most_pings > 0) entry["goal_pings"] = measurement.most_pings;
    report["operations"].push_back(std::move(entry));
  }
  return report.dump();
}

}  // namespace gpiobroker::bench
