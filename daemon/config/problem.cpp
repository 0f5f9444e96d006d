// SPDX-License-Identifier: GPL-2.0-or-later
// Writes each problem on one line.
#include "config/problem.h"

namespace gpiobroker::config {

std::string to_text(const Problem& problem) {
  std::string text = problem.file + ":";
  if (problem.place.starts_with('/')) text += " ";
  if (!problem.place.empty()) text += problem.place + ":";
  return text + " " + problem.message;
}

}  // namespace gpiobroker::config
