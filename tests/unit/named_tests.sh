#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Checks that a document names tests that there are, Suite.Test or with a * at its end: named_tests.sh DOCUMENT TESTS
set -euo pipefail

readonly DOCUMENT=${1:?} TESTS=${2:?}
missing=0

# Suite.Test of every test in the sources; the body may have the name on the next line.
all_tests() {
    find "$TESTS" -name '*.cpp' -exec cat {} + | tr '\n' ' ' |
        grep -oE '\bTEST(_[FP])?\( *[A-Za-z0-9]+, *[A-Za-z0-9]+' | sed -E 's/^.*\( *//; s/, */./'
}

# shellcheck disable=SC2016 # the backticks are the document's
names_in_document() { grep -oE '`[A-Z][A-Za-z0-9]+\.[A-Z*][A-Za-z0-9]*\*?`' "$DOCUMENT" | tr -d '`' | sort -u; }

names=$(all_tests)
while read -r name; do
    if [[ $name == *'*' ]]; then
        grep -qF "${name%\*}" <<<"$names" && continue
    elif grep -qxF "$name" <<<"$names"; then
        continue
    fi
    echo "no test $name"
    missing=$((missing + 1))
done < <(names_in_document)
((missing == 0))
