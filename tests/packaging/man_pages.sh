#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every verb and every option that a program's --help names is in its manual page.
#
#   tests/packaging/man_pages.sh FOLDER_WITH_PROGRAMS FOLDER_WITH_SOURCES
set -euo pipefail

readonly PROGRAMS=$1 SOURCES=$2
missing=0

# expect PAGE WORD...: words are bold in the sources, with every dash as it is.
expect() {
    local page=$1 word
    shift
    for word in "$@"; do
        grep -qF -- "$word" "$SOURCES/$page.scd" && continue
        echo "$page does not tell of $word"
        missing=1
    done
}

options_of() { "$@" --help | grep -oE -- '--[a-z][a-z-]+' | sort -u; }

verbs_of() { "$@" --help | sed -n '/^Subcommands:/,/^$/p' | grep -oE '^  [a-z]+' | tr -d ' '; }

mapfile -t words < <(options_of "$PROGRAMS/gpiobrokerd")
expect gpiobrokerd.8 "${words[@]}"
mapfile -t words < <(options_of "$PROGRAMS/gpiobroker-reset")
expect gpiobroker-reset.8 "${words[@]}"

mapfile -t verbs < <(verbs_of "$PROGRAMS/gpiobroker")
((${#verbs[@]} > 5)) || { echo "no verbs in --help"; exit 1; }
expect gpiobroker.1 "${verbs[@]}"
mapfile -t words < <(options_of "$PROGRAMS/gpiobroker")
expect gpiobroker.1 "${words[@]}"
for verb in "${verbs[@]}"; do
    mapfile -t words < <(options_of "$PROGRAMS/gpiobroker" "$verb")
    expect gpiobroker.1 "${words[@]}"
done
exit $missing
