// SPDX-License-Identifier: LGPL-2.1-or-later
// One write, so that lines of several programs do not mix.
#include "cli/report.h"

#include <iostream>

#include "cli/text.h"

namespace gpiobroker::cli {

void report(std::string_view message) {
  std::cerr << "gpiobroker: " + printable(message) + "\n";
}

}  // namespace gpiobroker::cli
