#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every tool tells of itself when it is asked, and does nothing else: no build, no installation, not a file.
#
#   tests/tools/help.sh FOLDER_WITH_TOOLS
set -euo pipefail

readonly TOOLS=$1
readonly FORBIDDEN=(apt-get apt sudo cmake ninja make g++ gcc clang++ curl dpkg-deb mmdebstrap git busctl dbus-daemon)
work=$(mktemp -d) notes=$(mktemp -d)
trap 'rm -rf "$work" "$notes"' EXIT
failed=no

complain() {
    echo "$*"
    failed=yes
}

# In a tree of their own, where everything that they write is seen.
copy_tools() {
    mkdir -p "$work/tree" "$work/home" "$work/tmp" "$work/forbidden"
    cp -r "$TOOLS" "$work/tree/tools"
    local program
    for program in "${FORBIDDEN[@]}"; do
        # shellcheck disable=SC2016 # the variables are the program's
        printf '#!/bin/sh\necho "${0##*/} $*" >>"$CALLS"\nexit 1\n' >"$work/forbidden/$program"
        chmod 755 "$work/forbidden/$program"
    done
}

files() { find "$work" -printf '%p %s %T@\n' | sort; }

# What a person calls; what these call in turn is in tools/internal.
tools() {
    (cd "$work/tree/tools" && find . -maxdepth 1 -type f -perm -u+x -printf '%P\n' | sort)
}

ask() {
    env -u XDG_CACHE_HOME HOME="$work/home" TMPDIR="$work/tmp" GPIOBROKER_CACHE="$work/cache" \
        CALLS="$notes/calls" PATH="$work/forbidden:$PATH" "$work/tree/tools/$1" "$2" </dev/null >"$notes/output" 2>&1
}

expect_only_help() {
    local before after
    before=$(files)
    ask "$1" "$2" || complain "tools/$1 $2 ends with status $?"
    after=$(files)
    grep -q "^usage: tools/$1" "$notes/output" || complain "tools/$1 $2 does not say how it is used: $(<"$notes/output")"
    [[ ! -e $notes/calls ]] || complain "tools/$1 $2 calls $(<"$notes/calls")"
    rm -f "$notes/calls"
    [[ $before == "$after" ]] || complain "tools/$1 $2 writes: $(diff <(echo "$before") <(echo "$after"))"
}

copy_tools
mapfile -t all < <(tools)
((${#all[@]} > 10)) || complain "${#all[@]} tools in $TOOLS"
for tool in "${all[@]}"; do
    expect_only_help "$tool" --help
    expect_only_help "$tool" -h
done
[[ $failed == no ]] && echo "${#all[@]} tools tell of themselves"
