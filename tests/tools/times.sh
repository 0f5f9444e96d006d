#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What the tools say of how long something takes: as it was the last time on this machine, else on a slow one.
#
#   tests/tools/times.sh FOLDER_WITH_TOOLS
set -euo pipefail

GPIOBROKER_CACHE=$(mktemp -d)
export GPIOBROKER_CACHE
trap 'rm -rf "$GPIOBROKER_CACHE"' EXIT
# shellcheck source=/dev/null
source "$1/internal/lib/common.sh"
failed=no

# A clock that stands, unless a test turns it on: bash's SECONDS is a variable like any other once it was unset.
unset SECONDS
SECONDS=100

turn_on() { SECONDS=$((SECONDS + $1)); }

# expect TEXT WHAT COMMAND...: the command's output, of both kinds.
expect() {
    local wanted=$1 what=$2 got
    shift 2
    got=$("$@" 2>&1) || true
    [[ $got == "$wanted" ]] && return
    printf '%s:\n%s\ninstead of:\n%s\n' "$what" "$got" "$wanted"
    failed=yes
}

expect 'up to 4 min on a slow machine' 'never done' usual_time compiling 250
remember_time compiling 95
expect '95 s the last time' 'done once' usual_time compiling 250
remember_time compiling 601
expect '10 min the last time' 'done again' usual_time compiling 250
expect 'up to 30 s on a slow machine' 'another part' usual_time unpacking 30
echo 'not a number' >"$GPIOBROKER_CACHE/times/compiling"
expect 'up to 4 min on a slow machine' 'what cannot be read' usual_time compiling 250

expect $'Working (up to 2 s on a slow machine) ...\n  done in less than a second' 'the first time' timed work 2 Working true
expect $'Working (less than a second the last time) ...' 'a failure' timed work 2 Working false
expect $'Working (less than a second the last time) ...\n  done in 90 s' 'what takes longer' timed work 2 Working turn_on 90
expect '90' 'the last time' last_time work
remember_time work 7
expect $'Working (7 s the last time) ...' 'after what failed' timed work 2 Working false
expect '7' 'a failure is not remembered' last_time work

expect $'Building (up to 10 min on a slow machine) ...\n  done in less than a second' 'from nothing' \
    timed_build build "$GPIOBROKER_CACHE/made" 600 Building true
touch "$GPIOBROKER_CACHE/made"
expect $'Building (up to 20 s on a slow machine) ...\n  done in less than a second' 'again' \
    timed_build build "$GPIOBROKER_CACHE/made" 600 Building true

GPIOBROKER_CACHE=/dev/null/nowhere expect $'Working (up to 2 s on a slow machine) ...\n  done in less than a second' \
    'a cache that cannot be' timed work 2 Working true
[[ $failed == no ]]
