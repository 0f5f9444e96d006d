#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every verb and option that a program's --help names is in its manual page, and so is all that the D-Bus XML defines.
#
#   tests/packaging/man_pages.sh FOLDER_WITH_PROGRAMS FOLDER_WITH_SOURCES FOLDER_WITH_XML
set -euo pipefail

readonly PROGRAMS=$1 SOURCES=$2 INTERFACES=$3
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

# members_of INTERFACE: its methods, signals and properties, as the page has them: bold.
members_of() {
    sed -nE 's/^ *<(method|signal|property) name="([A-Za-z]+)".*/*\2*/p' "$INTERFACES/org.gpiobroker1.$1.xml"
}

# Errors are listed in a comment, with what is meant in parentheses.
errors() {
    sed -n '/\*\*Errors\*\*/,/A call that fails/p' "$INTERFACES/org.gpiobroker1.Manager.xml" | tr '\n' ' ' |
        sed -E 's/.*org\.gpiobroker1\.Error\.//; s/A call that fails.*//; s/\([^)]*\)//g' | tr -d '. ' | tr ',' '\n' |
        sed -E 's/.+/*&*/'
}

for interface in Manager Lease Chip Line Simulation; do
    mapfile -t words < <(members_of $interface)
    ((${#words[@]})) || { echo "no members in the XML of $interface"; exit 1; }
    expect org.gpiobroker1.5 "*org.gpiobroker1.$interface*" "${words[@]}"
done
mapfile -t words < <(errors)
((${#words[@]} > 5)) || { echo "no errors in the XML of Manager"; exit 1; }
expect org.gpiobroker1.5 "${words[@]}"
exit $missing
