// SPDX-License-Identifier: GPL-2.0-or-later
// Formatting; every ratio is median to median of the same run.
#include "report.h"

#include <cstdio>

#include <nlohmann/json.hpp>

namespace gpiobroker::bench {
namespace {

using Json = nlohmann::ordered_json;

double in_units(const Measurement& measurement, const Measurement& unit) {
  return measurement.samples.median() / unit.samples.median();
}

std::string goal_in_words(double goal) {
  if (goal == 0) return "";
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", goal);
  return text;
}

std::string row(const Measurement& measurement, const Measurement& unit) {
  char line[128];
  const Samples& samples = measurement.samples;
  std::snprintf(line, sizeof line, "%-36s %9.1f %9.1f %9.1f %7.2f %6s\n", measurement.name.c_str(),
                samples.median().count(), samples.p99().count(), samples.longest().count(),
                in_units(measurement, unit), goal_in_words(measurement.goal).c_str());
  return line;
}

std::string row(const MemoryUse& use) {
  char line[128];
  std::snprintf(line, sizeof line, "%-36s %37.1f %6s\n", use.name.c_str(), use.megabytes,
                goal_in_words(use.goal).c_str());
  return line;
}

std::string head(const char* what, const char* unit) {
  char line[128];
  std::snprintf(line, sizeof line, "%-36s %9s %9s %9s %7s %6s\n", what, "median", "p99", "longest",
                unit, "goal");
  return line;
}

std::string section(const char* what, const char* unit, const Measurements& measurements) {
  if (measurements.empty()) return "";
  std::string text = head(what, unit);
  for (const Measurement& each : measurements) text += row(each, measurements.front());
  return text;
}

Json section(const std::string& unit, const Measurements& measurements) {
  Json section = Json::array();
  for (const Measurement& each : measurements) {
    Json entry{{"name", each.name},
               {"count", each.samples.count()},
               {"median_us", each.samples.median().count()},
               {"p99_us", each.samples.p99().count()},
               {"longest_us", each.samples.longest().count()},
               {unit, in_units(each, measurements.front())}};
    if (each.goal > 0) entry["goal_" + unit] = each.goal;
    section.push_back(std::move(entry));
  }
  return section;
}

Json section(const std::vector<MemoryUse>& memory) {
  Json section = Json::array();
  for (const MemoryUse& each : memory) {
    Json entry{{"name", each.name}, {"pss_mb", each.megabytes}};
    if (each.goal > 0) entry["goal_pss_mb"] = each.goal;
    section.push_back(std::move(entry));
  }
  return section;
}

}  // namespace

std::string Report::table() const {
  std::string text = "on " + chip + ", everything on one core; times in us\n";
  text += section("operation", "pings", calls);
  text += section("process", "trues", processes);
  if (!memory.empty()) text += "memory of the broker, Pss in MB\n";
  for (const MemoryUse& each : memory) text += row(each);
  return text;
}

std::string Report::json() const {
  Json report{{"chip", chip}};
  if (!calls.empty()) report["operations"] = section("pings", calls);
  if (!processes.empty()) report["processes"] = section("trues", processes);
  if (!memory.empty()) report["memory"] = section(memory);
  return report.dump();
}

}  // namespace gpiobroker::bench
