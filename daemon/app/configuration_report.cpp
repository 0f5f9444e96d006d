// SPDX-License-Identifier: GPL-2.0-or-later
// Logs errors where the configuration is not in force, and warnings where it is.
#include "app/configuration_report.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <spdlog/spdlog.h>

namespace gpiobroker::app {

std::vector<std::string> to_texts(const config::Problems& problems) {
  std::vector<std::string> texts;
  std::ranges::transform(problems, std::back_inserter(texts), config::to_text);
  return texts;
}

bool ConfigurationReport::tell(std::vector<std::string> problems, bool is_wrong) {
  const auto level = is_wrong ? spdlog::level::err : spdlog::level::warn;
  if (problems != logged_) {
    for (const std::string& problem : problems) spdlog::log(level, "{}", problem);
    if (problems.empty()) spdlog::info("the configuration is in force as it stands");
  }
  logged_ = problems;
  if (problems == problems_) return false;
  problems_ = std::move(problems);
  return true;
}

}  // namespace gpiobroker::app
