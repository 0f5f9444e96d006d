#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds and runs a program on the installed client library, found by pkg-config and by CMake.
#
#   tests/packaging/outside_project.sh                      on the library that this system has
#   tests/packaging/outside_project.sh BUILD_FOLDER PREFIX  on the one that BUILD_FOLDER installs; what
#                                                           it is linked with may lie in PREFIX
set -euo pipefail

SOURCES=$(dirname "$(readlink -f "$0")")/outside
readonly SOURCES
pkg_config=(pkg-config) cmake_options=() linker_options=()
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Below a root of its own, as a package's files lie while it is built. CMake's files find their way
# from where they lie; pkg-config has to be told, and alone, or it would look for libsystemd there too.
install_from() {
    local build=$1 prefix=$2 description package
    DESTDIR=$work/root cmake --install "$build" --component client >/dev/null
    description=$(find "$work/root" -name gpiobroker.pc)
    package=$(find "$work/root" -name gpiobroker-config.cmake)
    pkg_config=(env PKG_CONFIG_SYSROOT_DIR="$work/root" PKG_CONFIG_PATH="${description%/*}" pkg-config)
    cmake_options=(-Dgpiobroker_DIR="${package%/*}" -DCMAKE_PREFIX_PATH="$prefix")
    linker_options=(-L"$prefix/lib" "-Wl,-rpath=${description%/pkgconfig/*}")
    [[ -z $(find "$work/root" -name 'libgpiobroker.a') ]] || pkg_config+=(--static)
}

build_with_pkg_config() {
    local flags
    read -ra flags < <("${pkg_config[@]}" --cflags --libs gpiobroker)
    read -ra own < <(printf '%s\n' "${CXXFLAGS:-}")
    "${CXX:-g++}" -std=c++20 "${own[@]}" "$SOURCES/client.cpp" "${flags[@]}" "${linker_options[@]}" -o "$work/client"
    "$work/client"
}

build_with_cmake() {
    cmake -G Ninja -S "$SOURCES" -B "$work/build" "${cmake_options[@]}" >/dev/null
    cmake --build "$work/build" >/dev/null
    "$work/build/client"
}

(($# == 0)) || install_from "$@"
build_with_pkg_config
echo "a program that found the library by pkg-config runs"
build_with_cmake
echo "a program that found the library by CMake runs"
