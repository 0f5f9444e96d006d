// SPDX-License-Identifier: GPL-2.0-or-later
// What the person who runs tests may ask of them by environment variables.
#pragma once

namespace gpiobroker::test {

/// The number in a variable; `otherwise` if it is not set. Throws what std::stoul() throws.
[[nodiscard]] unsigned number_in_environment(const char* name, unsigned otherwise);

/// How often to do what is done often: as often as usual, or so many times that as the variable
/// GPIOBROKER_TEST_TIMES says.
[[nodiscard]] unsigned times(unsigned usual);

}  // namespace gpiobroker::test
