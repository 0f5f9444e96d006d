#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs packages, uses what they bring, removes and purges them, and looks at what is left. For a root of its own.
#
#   tests/packaging/installed_package.sh FOLDER_WITH_PACKAGES
set -euo pipefail

readonly PACKAGES=$1
readonly NAMES=(gpiobroker libgpiobroker1 libgpiobroker-dev)

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "FAILED: $*"
    exit 1
}

apt() { DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "$@" >/tmp/apt.log 2>&1 || { tail -n 30 /tmp/apt.log && fail "apt-get $*"; }; }

install_packages() { apt install "$PACKAGES"/*.deb; }

purge_packages() { apt purge "${NAMES[@]}"; }

# All that is on the system, but for what apt writes down and the folders of this test.
everything() {
    find / -xdev \( -path /proc -o -path /sys -o -path /tmp -o -path /src -o -path /root -o -path /var/cache \
        -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/log -o -path /run/dbus \) -prune -o -print | sort
}

expect_nothing_of_ours() {
    local left
    left=$(everything | grep gpiobroker || true)
    [[ -z $left ]] || fail "left after a purge: $left"
}

expect_files() {
    local file
    for file in /usr/libexec/gpiobrokerd /usr/libexec/gpiobroker-reset /usr/bin/gpiobroker \
        /usr/lib/systemd/system/gpiobroker.service /usr/lib/sysusers.d/gpiobroker.conf \
        /usr/share/dbus-1/system.d/org.gpiobroker1.conf /usr/share/dbus-1/interfaces/org.gpiobroker1.Lease.xml \
        /usr/share/dbus-1/system-services/org.gpiobroker1.service /usr/share/gpiobroker/config.schema.json \
        /usr/share/gpiobroker/60-gpiobroker.rules; do
        [[ -f $file ]] || fail "$file is missing"
    done
    getent group gpio >/dev/null || fail "there is no group gpio"
    systemd-analyze verify gpiobroker.service || fail "the unit is wrong"
    gpiobroker config check >/dev/null || fail "the configuration is wrong"
}

# On the real bus with the installed policy, and a simulated chip.
expect_the_promise() {
    mkdir -p /run/dbus
    dbus-daemon --system --fork --nopidfile
    /usr/libexec/gpiobrokerd --simulate 54 &
    local broker=$!
    until gpiobroker list >/dev/null 2>&1; do kill -0 "$broker" || fail "the daemon does not run"; done
    gpiobroker set GPIO17=1 &
    local holder=$!
    until [[ $(gpiobroker get GPIO17) == GPIO17=1 ]]; do kill -0 "$holder" || fail "no lease"; done
    kill -KILL "$holder"
    until gpiobroker info GPIO17 | grep -q input; do sleep 0.01; done
    say "a killed holder's line is an input again"
    gpiobroker status >&2
    kill "$broker"
    wait "$broker" || fail "the daemon did not end well"
}

expect_the_library() {
    cat >/tmp/client.cpp <<'CPP'
#include <gpiobroker/broker.h>
int main() {
  try {
    gpiobroker::Broker("unix:path=/nowhere");
  } catch (const gpiobroker::Error& error) {
    return error.reason() == gpiobroker::kDisconnected ? 0 : 1;
  }
}
CPP
    # shellcheck disable=SC2046
    g++ -std=c++20 /tmp/client.cpp $(pkg-config --cflags --libs gpiobroker) -o /tmp/client && /tmp/client ||
        fail "a program does not link with the library by pkg-config"
    mkdir -p /tmp/project
    printf '%s\n' 'cmake_minimum_required(VERSION 3.25)' 'project(client CXX)' 'find_package(gpiobroker REQUIRED)' \
        'add_executable(client /tmp/client.cpp)' 'target_compile_features(client PRIVATE cxx_std_20)' \
        'target_link_libraries(client gpiobroker::client)' >/tmp/project/CMakeLists.txt
    cmake -G Ninja -S /tmp/project -B /tmp/project/build >/dev/null && cmake --build /tmp/project/build >/dev/null &&
        /tmp/project/build/client || fail "a program does not link with the library by CMake"
    say "programs find the library by pkg-config and by CMake"
}

apt install systemd pkgconf cmake ninja-build g++  # to look at it with, and to build on it
install_packages
purge_packages  # what they depend on stays
expect_nothing_of_ours
everything >/tmp/before
apt install systemd pkgconf cmake ninja-build g++  # to look at it with, and to build on it
install_packages
dpkg -L "${NAMES[@]}" | sort -u | grep -v '/\.$' >&2
expect_files
expect_the_promise
expect_the_library
apt remove gpiobroker
[[ -d /etc/gpiobroker ]] || say "(no configuration was left by the removal)"
purge_packages
expect_nothing_of_ours
everything >/tmp/after
diff /tmp/before /tmp/after || fail "the purge did not bring back what was before"
say "installed, used, removed and purged: nothing is left"
