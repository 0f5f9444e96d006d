// SPDX-License-Identifier: GPL-2.0-or-later
// Goes by the first report, and finds in the others what has the same name.
#include "median_of_boots.h"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include <nlohmann/json.hpp>

namespace gpiobroker::bench {
namespace {

using Saved = nlohmann::ordered_json;

/// A part of a report, and what its measurements are counted in.
struct Part {
  const char* key;
  const char* unit;
};

constexpr Part kParts[] = {{"operations", "pings"}, {"processes", "trues"}, {"memory", "pss_mb"}};

std::vector<Saved> read_all(const std::vector<std::string>& files) {
  std::vector<Saved> reports;
  for (const std::string& file : files) reports.push_back(Saved::parse(std::ifstream(file)));
  return reports;
}

/// Of the measurement with that name, in ascending order.
std::vector<double> values_of(const std::vector<Saved>& reports, const Part& part,
                              const std::string& name) {
  std::vector<double> values;
  for (const Saved& report : reports) {
    for (const Saved& entry : report.at(part.key)) {
      if (entry.at("name") == name) values.push_back(entry.at(part.unit).get<double>());
    }
  }
  std::ranges::sort(values);
  return values;
}

std::string median_row(const std::vector<Saved>& reports, const Part& part, const Saved& entry) {
  const auto name = entry.at("name").get<std::string>();
  const std::vector<double> values = values_of(reports, part, name);
  const std::string goal = std::string("goal_") + part.unit;
  char line[128];
  std::snprintf(line, sizeof line, "%-36s %9.2f %9.2f %9.2f", name.c_str(),
                values.at(values.size() / 2), values.front(), values.back());
  char end[16] = "";
  if (entry.contains(goal)) std::snprintf(end, sizeof end, " %6.2f", entry.at(goal).get<double>());
  return std::string(line) + end + '\n';
}

std::string median_head(const Part& part) {
  char line[128];
  std::snprintf(line, sizeof line, "%-36s %9s %9s %9s %6s\n", part.key, part.unit, "least", "most",
                "goal");
  return line;
}

std::string unit_row(const std::vector<Saved>& reports, const Part& part) {
  std::vector<double> times;
  for (const Saved& report : reports)
    times.push_back(report.at(part.key).front().at("median_us").get<double>());
  std::ranges::sort(times);
  char line[128];
  std::snprintf(line, sizeof line, "(1 is %.0f us, %.0f to %.0f)\n", times.at(times.size() / 2),
                times.front(), times.back());
  return line;
}

}  // namespace

std::string median_of_boots(const std::vector<std::string>& files) {
  const std::vector<Saved> reports = read_all(files);
  const Saved& first = reports.at(0);
  std::string text = "on " + first.at("chip").get<std::string>() +
                     ", everything on one core; the median of " + std::to_string(files.size()) +
                     "\n";
  for (const Part& part : kParts) {
    if (!first.contains(part.key)) continue;
    text += median_head(part);
    for (const Saved& entry : first.at(part.key)) text += median_row(reports, part, entry);
    if (first.at(part.key).front().contains("median_us")) text += unit_row(reports, part);
  }
  return text;
}

}  // namespace gpiobroker::bench
