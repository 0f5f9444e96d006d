# SPDX-License-Identifier: GPL-2.0-or-later
# gpiobroker::warnings: the warnings that our own code compiles without.
add_library(gpiobroker_warnings INTERFACE)
add_library(gpiobroker::warnings ALIAS gpiobroker_warnings)
target_compile_options(gpiobroker_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wswitch-enum
  $<$<BOOL:${GPIOBROKER_WERROR}>:-Werror>)

# GCC sees overruns in the standard library's own string concatenation, and which ones depends on what was inlined
# (https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651, mended in 13; 14 still does for a temporary + a literal).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)
  target_compile_options(gpiobroker_warnings INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow)
endif()

# SD_BUS_ERROR_NULL of sd-bus.h is one.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(gpiobroker_warnings INTERFACE -Wno-c99-extensions)
endif()
