#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Checks who includes whom among the folders of the daemon: include_rule.sh DAEMON_FOLDER
set -euo pipefail

readonly EDGES='bus|config|gpio|ledger|timing|channel'
readonly CORE_FLOORS=(base line chip lease policy broker) BUS_FLOORS=(wire callers objects)

failed=no

# forbid WHY FOLDER PATTERN [BUT]: the folder's sources match the pattern in no line, but where the
# line matches BUT as well.
forbid() {
    local why=$1 folder=$2 pattern=$3 but=${4:-^$} found
    [[ -d $folder ]] || return 0
    found=$(grep -rnE --include='*.h' --include='*.cpp' "$pattern" "$folder" | grep -vE "$but") || return 0
    printf '%s:\n%s\n' "$why" "$found"
    failed=yes
}

# floors FOLDER FLOOR...: each floor includes only itself and those before it. What is on none of them is above all.
floors() {
    local folder=$1 floor
    shift
    while (($#)); do
        floor=$1
        shift
        [[ -d $folder/$floor ]] || { echo "no floor $folder/$floor" && failed=yes; }
        (($# == 0)) || forbid "$folder/$floor includes a floor above it" "$folder/$floor" \
            "#include \"$folder/($(tr ' ' '|' <<<"$*"))/"
        forbid "$folder/$floor includes what is above all floors" "$folder/$floor" "#include \"$folder/[^/]*\""
    done
}

# no_cycles: a pair of header and source counts as one.
no_cycles() {
    local cycle
    cycle=$(grep -rHoE --include='*.h' --include='*.cpp' '^#include "[a-z_]+/[a-z_/]+[.]h"' . |
        sed -E 's#^\./##; s#[.](h|cpp):\#include "([^"]*)[.]h"# \2#' | awk '$1 != $2' | sort -u | tsort 2>&1 >/dev/null) ||
        { printf 'files include each other:\n%s\n' "$cycle" && failed=yes; }
}

cd "${1:?}"
[[ -d core && -d bus && -d gpio ]] || { echo "not the daemon's folder: $1" && exit 1; }

for folder in ${EDGES//|/ }; do
    others=$(tr '|' '\n' <<<"$EDGES" | grep -vx "$folder" | paste -sd '|')
    forbid "$folder includes one of $others" "$folder" "#include [<\"]($others)/"
done
forbid "core includes another folder" core '#include "' '"core/'
forbid "core includes more than the standard library" core '#include <[^>]*[./]' '<tl/expected.hpp>'
floors core "${CORE_FLOORS[@]}"
floors bus "${BUS_FLOORS[@]}"
forbid "loop includes another folder" loop '#include "' '"loop/'
forbid "turn includes more than the core and the loop" turn '#include ["<]([^"<]*/|sdbus|gpiod)' '"(turn|core|loop)/'
forbid "turn knows the loop in more than its adapters" turn '#include "(loop/|turn/(loop_turn|lifelines|openers)[.]h)' \
    '^turn/(loop_turn|lifelines|openers)[.]'
for folder in config gpio ledger process; do
    forbid "$folder includes turn" "$folder" '#include "turn/'
done
forbid "process includes more than the core" process '#include "' '"(process|core)/'
forbid "core reads a clock" core '::now\(|clock_gettime|gettimeofday|[^_[:alnum:]]time\((nullptr|NULL|0)'
forbid "a class lets others in" . '^ *friend class'
no_cycles

[[ $failed == no ]]
