// SPDX-License-Identifier: GPL-2.0-or-later
#include "harness/environment.h"

#include <cstdlib>
#include <string>

namespace gpiobroker::test {

unsigned number_in_environment(const char* name, unsigned otherwise) {
  const char* given = std::getenv(name);
  return given == nullptr ? otherwise : static_cast<unsigned>(std::stoul(given));
}

unsigned times(unsigned usual) {
  return usual * number_in_environment("GPIOBROKER_TEST_TIMES", 1);
}

}  // namespace gpiobroker::test
