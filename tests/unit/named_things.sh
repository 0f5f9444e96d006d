#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Checks that what a document names in code font is in the tree: named_things.sh DOCUMENT TOP
set -euo pipefail

readonly DOCUMENT=${1:?} TOP=${2:?}
missing=0

# shellcheck disable=SC2016 # the backticks are the document's
names_in_document() {
    sed '/^```/,/^```/d' "$DOCUMENT" | grep -oE '`[^`]+`' | tr -d '`' |
        grep -E '^[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_]+|/[A-Za-z0-9_./-]+|[.]h|[.]cpp)?$' | sort -u
}

# A member is one that its class declares or defines in a pair of files.
has_member() {
    local class=${1%%::*} member=${1#*::}
    grep -rqE --include='*.cpp' "\\b$class::$member\\(" "$TOP/daemon" ||
        grep -rlE --include='*.h' "^(class|struct) $class\\b" "$TOP/daemon" | xargs -r grep -qE "\\b$member\\("
}

is_there() {
    case $1 in
        */*) [[ -e $TOP/$1 || -e $TOP/daemon/$1 || -e $TOP/daemon/$1.h ]] ;;
        [a-z]*::*) grep -rqw -- "${1#*::}" "$TOP/daemon/${1%%::*}" ;;
        *::*) has_member "$1" ;;
        *) [[ -d $TOP/daemon/$1 ]] || grep -rqw -- "$1" "$TOP/daemon" "$TOP/dbus" "$TOP/systemd" ;;
    esac
}

while read -r name; do
    is_there "$name" || { echo "there is no $name" && missing=$((missing + 1)); }
done < <(names_in_document)
((missing == 0))
