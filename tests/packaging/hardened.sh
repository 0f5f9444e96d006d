#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Looks at every program and library in packages, as a loader would: whether what the compiler and the linker have
# against the usual attacks is in them.
#
#   tests/packaging/hardened.sh FOLDER_WITH_PACKAGES
set -euo pipefail

readonly PACKAGES=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
missing=0

# want FILE WHAT PATTERN TEXT: the text has a line with the pattern.
want() {
    grep -qE -- "$3" <<<"$4" && return
    echo "${1#"$root"}: no $2"
    missing=1
}

look_at() {
    local file=$1 header segments dynamic symbols
    header=$(readelf -hW "$file") segments=$(readelf -lW "$file")
    dynamic=$(readelf -dW "$file") symbols=$(readelf --dyn-syms -W "$file")
    want "$file" "addresses of its own choice" '^ *Type: +DYN' "$header"
    want "$file" "table of addresses that is read-only" 'GNU_RELRO' "$segments"
    want "$file" "table of addresses that is complete at the start" 'BIND_NOW|FLAGS_1.*\<NOW\>' "$dynamic"
    want "$file" "stack that is for data only" 'GNU_STACK.* RW +0x' "$segments"
    want "$file" "watch on the stack" '__stack_chk_fail' "$symbols"
    # A library is always the first; what ours calls of the C library, no size of which is known, has none of the last.
    [[ $file == *.so.* ]] || {
        want "$file" "position independence as a program" 'FLAGS_1.*\<PIE\>' "$dynamic"
        want "$file" "checks in the C library's functions" '__[a-z]+_chk\b' "$symbols"
    }
    # A segment that is both written and run would make the rest worthless.
    ! grep -qE 'LOAD.* RWE ' <<<"$segments" || { echo "${file#"$root"}: code that can be written"; missing=1; }
}

for package in "$PACKAGES"/{gpiobroker,libgpiobroker1}_*.deb; do
    dpkg-deb --extract "$package" "$root"
done
mapfile -t files < <(find "$root" -type f -exec sh -c 'head -c 4 "$1" | grep -q ELF' _ {} \; -print)
((${#files[@]} >= 4)) || { echo "${#files[@]} programs and libraries in $PACKAGES"; exit 1; }
for file in "${files[@]}"; do look_at "$file"; done
((missing)) || echo "${#files[@]} programs and libraries are hardened"
exit $missing
