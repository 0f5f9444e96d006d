// SPDX-License-Identifier: LGPL-2.1-or-later
// Writes a message in one write(2), so that lines of several programs do not mix.
#include "cli/report.h"

#include <iostream>

#include "cli/text.h"

namespace gpiobroker::cli {

std::string report_of(std::string_view message) {
  return "gpiobroker: " + printable(message) + "\n";
}

void report(std::string_view message) {
  std::cerr << report_of(message);
}

}  // namespace gpiobroker::cli
