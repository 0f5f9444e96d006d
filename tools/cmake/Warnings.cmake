# SPDX-License-Identifier: GPL-2.0-or-later
# gpiobroker::warnings: the warnings that our own code compiles without.
add_library(gpiobroker_warnings INTERFACE)
add_library(gpiobroker::warnings ALIAS gpiobroker_warnings)
target_compile_options(gpiobroker_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wswitch-enum
  $<$<BOOL:${GPIOBROKER_WERROR}>:-Werror>)
