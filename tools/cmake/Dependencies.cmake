# SPDX-License-Identifier: GPL-2.0-or-later
# Finds the libraries the project links and defines the target each is linked by.
#
#   gpiobroker::gpiodcxx  SDBusCpp::sdbus-c++  gpiobroker::libsystemd
#   nlohmann_json::nlohmann_json  gpiobroker::valijson  spdlog::spdlog  CLI11::CLI11
#   tl::expected, where the compiler has no <expected>
#
# libgpiod and sdbus-c++ come from the system where new enough, else from the prefix that tools/setup fills.

include_guard(GLOBAL)
include(CheckCXXSourceCompiles)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

set(GPIOBROKER_LIBGPIOD_MINIMUM 2.1)
set(GPIOBROKER_SDBUSCPP_MINIMUM 2.0)

function(_gpiobroker_default_prefix result)
  if(DEFINED ENV{GPIOBROKER_CACHE})
    set(cache "$ENV{GPIOBROKER_CACHE}")
  elseif(DEFINED ENV{XDG_CACHE_HOME})
    set(cache "$ENV{XDG_CACHE_HOME}/gpiobroker")
  else()
    set(cache "$ENV{HOME}/.cache/gpiobroker")
  endif()
  set(${result} "${cache}/deps" PARENT_SCOPE)
endfunction()

_gpiobroker_default_prefix(_prefix)
set(GPIOBROKER_DEPS_PREFIX "${_prefix}" CACHE PATH "Where tools/setup puts the libraries it built")

function(_gpiobroker_stop what minimum)
  message(FATAL_ERROR "${what} ${minimum} or later was found neither on this system nor in "
    "${GPIOBROKER_DEPS_PREFIX}: run `tools/setup`.")
endfunction()

# The C++ bindings first: a static link resolves from left to right.
function(_gpiobroker_find_libgpiod)
  set(modules libgpiodcxx>=${GPIOBROKER_LIBGPIOD_MINIMUM} libgpiod>=${GPIOBROKER_LIBGPIOD_MINIMUM})
  pkg_check_modules(GPIODCXX QUIET IMPORTED_TARGET GLOBAL ${modules})
  if(NOT GPIODCXX_FOUND)
    set(ENV{PKG_CONFIG_PATH} "${GPIOBROKER_DEPS_PREFIX}/lib/pkgconfig:$ENV{PKG_CONFIG_PATH}")
    pkg_check_modules(GPIODCXX QUIET IMPORTED_TARGET GLOBAL ${modules})
  endif()
  if(NOT GPIODCXX_FOUND)
    _gpiobroker_stop("libgpiod's C++ library" ${GPIOBROKER_LIBGPIOD_MINIMUM})
  endif()
  message(STATUS "libgpiod ${GPIODCXX_libgpiodcxx_VERSION} in ${GPIODCXX_libgpiodcxx_PREFIX}")
  add_library(gpiobroker::gpiodcxx ALIAS PkgConfig::GPIODCXX)
endfunction()

function(_gpiobroker_find_libsystemd)
  # A static sdbus-c++ names this target without looking for it.
  pkg_check_modules(Systemd REQUIRED QUIET IMPORTED_TARGET GLOBAL libsystemd>=236)
  add_library(gpiobroker::libsystemd ALIAS PkgConfig::Systemd)
endfunction()

# A macro, because the targets of a package are visible where it was found.
macro(_gpiobroker_find_sdbuscpp)
  find_package(sdbus-c++ ${GPIOBROKER_SDBUSCPP_MINIMUM} CONFIG QUIET)
  if(NOT sdbus-c++_FOUND)
    unset(sdbus-c++_DIR CACHE)
    find_package(sdbus-c++ ${GPIOBROKER_SDBUSCPP_MINIMUM} CONFIG QUIET
      PATHS "${GPIOBROKER_DEPS_PREFIX}" NO_DEFAULT_PATH)
  endif()
  if(NOT sdbus-c++_FOUND)
    _gpiobroker_stop("sdbus-c++" ${GPIOBROKER_SDBUSCPP_MINIMUM})
  endif()
  message(STATUS "sdbus-c++ ${sdbus-c++_VERSION} in ${sdbus-c++_DIR}")
  # The generator belongs to the library it was found with; another version writes other code.
  get_filename_component(_sdbuscpp_prefix "${sdbus-c++_DIR}/../../.." ABSOLUTE)
  # A library for another machine has none that runs here, but tools/setup has.
  find_program(GPIOBROKER_XML2CPP sdbus-c++-xml2cpp
    HINTS "${_sdbuscpp_prefix}/bin" "${GPIOBROKER_DEPS_PREFIX}/bin" REQUIRED)
endmacro()

# Headers alone, whatever package files a release of it has.
function(_gpiobroker_find_valijson)
  find_path(GPIOBROKER_VALIJSON_HEADERS valijson/validator.hpp REQUIRED)
  add_library(gpiobroker_valijson INTERFACE)
  add_library(gpiobroker::valijson ALIAS gpiobroker_valijson)
  target_include_directories(gpiobroker_valijson SYSTEM INTERFACE ${GPIOBROKER_VALIJSON_HEADERS})
  # Without this it would end the program where it means to throw.
  target_compile_definitions(gpiobroker_valijson INTERFACE VALIJSON_USE_EXCEPTIONS=1)
endfunction()

function(_gpiobroker_check_expected result)
  set(CMAKE_REQUIRED_FLAGS "${CMAKE_CXX23_STANDARD_COMPILE_OPTION}")
  check_cxx_source_compiles("
    #include <expected>
    int main() { std::expected<int, int> value{0}; return value.value(); }" ${result})
  set(${result} "${${result}}" PARENT_SCOPE)
endfunction()

_gpiobroker_find_libgpiod()
_gpiobroker_find_libsystemd()
_gpiobroker_find_sdbuscpp()
find_package(nlohmann_json 3.11 REQUIRED CONFIG)
_gpiobroker_find_valijson()
find_package(fmt REQUIRED CONFIG)
find_package(spdlog 1.10 REQUIRED CONFIG)
find_package(CLI11 2.1 REQUIRED CONFIG)
_gpiobroker_check_expected(GPIOBROKER_HAVE_STD_EXPECTED)
if(NOT GPIOBROKER_HAVE_STD_EXPECTED)
  find_package(tl-expected 1.0 REQUIRED CONFIG)
endif()

include("${CMAKE_CURRENT_LIST_DIR}/Glue.cmake")
