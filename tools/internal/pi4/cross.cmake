# SPDX-License-Identifier: GPL-2.0-or-later
# Builds for 64-bit Arm against Debian's own libraries, unpacked in GPIOBROKER_SYSROOT.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES GPIOBROKER_SYSROOT)

set(CMAKE_SYSROOT ${GPIOBROKER_SYSROOT})
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
# The compiler's own C and C++ libraries may be older than those that the sysroot's libraries want,
# and the machine has.
set(CMAKE_EXE_LINKER_FLAGS_INIT -Wl,--allow-shlib-undefined)

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${GPIOBROKER_SYSROOT})
set(ENV{PKG_CONFIG_LIBDIR}
  ${GPIOBROKER_SYSROOT}/usr/lib/aarch64-linux-gnu/pkgconfig:${GPIOBROKER_SYSROOT}/usr/share/pkgconfig)
