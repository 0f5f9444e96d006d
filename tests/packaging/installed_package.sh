#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs packages, uses what they bring, removes and purges them, and looks at what is left. For a root of its own.
#
#   tests/packaging/installed_package.sh FOLDER_WITH_PACKAGES
set -euo pipefail

readonly PACKAGES=$1
HERE=$(dirname "$(readlink -f "$0")")
readonly HERE
readonly NAMES=(gpiobroker libgpiobroker1 libgpiobroker-dev)

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "FAILED: $*"
    exit 1
}

apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "$@" >/tmp/apt.log 2>&1 && return
    tail -n 30 /tmp/apt.log >&2
    fail "apt-get $*"
}

install_packages() { apt install "$PACKAGES"/*.deb; }

purge_packages() { apt purge "${NAMES[@]}"; }

# All that is on the system, but for what apt, the bus and systemd write down, and the folders of this test.
everything() {
    find / -xdev \( -path /proc -o -path /sys -o -path /tmp -o -path /src -o -path /root -o -path /var/cache \
        -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/log \
        -o -path /run/dbus -o -path /run/systemd \) -prune -o -print | sort
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
    [[ $(systemctl --root=/ is-enabled gpiobroker) == enabled ]] || fail "the service does not start at boot"
    systemd-analyze verify gpiobroker.service || fail "the unit is wrong"
    gpiobroker config check >/dev/null || fail "the configuration is wrong"
}

expect_the_manual() {
    local page complaints
    for page in gpiobroker.1 gpiobroker.json.5 org.gpiobroker1.5 gpiobroker-reset.8 gpiobrokerd.8; do
        complaints=$(man --warnings -E UTF-8 -l -Tutf8 "/usr/share/man/man${page##*.}/$page.gz" 2>&1 >/dev/null) ||
            fail "the manual page $page cannot be read"
        [[ -z $complaints ]] || fail "the manual page $page is badly written: $complaints"
    done
}

# await COMPLAINT COMMAND...: until the command succeeds, for 20 s at most.
await() {
    local complaint=$1 deadline=$((SECONDS + 20))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || fail "$complaint"
    done
}

line_is() { gpiobroker info GPIO17 | grep -qw "$1"; }

# On the real bus with the installed policy, and a simulated chip.
expect_the_promise() {
    mkdir -p /run/dbus
    dbus-daemon --system --fork --nopidfile
    /usr/libexec/gpiobrokerd --simulate 54 &
    local broker=$!
    await "the daemon does not answer" gpiobroker list
    gpiobroker set GPIO17=1 &
    local holder=$!
    await "no lease was granted" line_is output
    kill -KILL "$holder"
    await "a killed holder's line is driven still" line_is input
    say "a killed holder's line is an input again"
    gpiobroker status >&2
    kill "$broker"
    wait "$broker" || fail "the daemon did not end well"
}

# What the library is made with must not meet another version of itself in somebody's program.
expect_no_symbols_but_ours() {
    local others
    others=$(nm --dynamic --demangle --defined-only /usr/lib/*/libgpiobroker.so.1 | cut -d' ' -f3- |
        grep -vE '^((vtable|typeinfo|typeinfo name) for )?gpiobroker::|^GPIOBROKER_1' || true)
    [[ -z $others ]] || fail "the library exports: $others"
}

expect_the_library() {
    "$HERE/outside_project.sh" >&2 || fail "a program cannot be built on the library"
    expect_no_symbols_but_ours
}

# An administrator's file outlives a removal, and not a purge.
expect_the_configuration_to_stay() {
    echo '{"aliases": {"lamp": "GPIO17"}}' >/etc/gpiobroker/config.json
    gpiobroker config check >/dev/null || fail "the configuration is wrong"
    apt remove gpiobroker
    [[ -f /etc/gpiobroker/config.json ]] || fail "a removal took the configuration"
    [[ ! -e /usr/libexec/gpiobrokerd ]] || fail "a removal left the daemon"
}

# It purges what an administrator may have written.
[[ ! -d /run/systemd/system && ! -e /etc/gpiobroker ]] || fail "this is a system in use, not a root of its own"
# To look at it with, and to build on it. man-db, because systemd wants to see the pages that the unit names.
apt install systemd man-db pkgconf cmake ninja-build g++
install_packages
purge_packages  # what they depend on stays
expect_nothing_of_ours
everything >/tmp/before
install_packages
dpkg -L "${NAMES[@]}" | sort -u | grep -v '/\.$' >&2
expect_files
expect_the_manual
expect_the_promise
expect_the_library
expect_the_configuration_to_stay
purge_packages
expect_nothing_of_ours
everything >/tmp/after
diff /tmp/before /tmp/after || fail "the purge did not bring back what was before"
say "installed, used, removed and purged: nothing is left"
