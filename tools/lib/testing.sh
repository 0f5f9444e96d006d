# SPDX-License-Identifier: GPL-2.0-or-later
# Configuring builds for tests, and running them with ctest.
# shellcheck shell=bash

# configure PRESET OPTION...: a build from nothing compiles several files as one, which takes half the time. The
# packages are built file by file. A build folder that somebody works in stays as it is.
configure() {
    local preset=$1 options=("${@:2}")
    [[ -e build/$preset/CMakeCache.txt ]] || options+=(-DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=10)
    cmake --preset "$preset" "${options[@]}"
}

# any_of LABEL...: a pattern that matches exactly these labels.
any_of() {
    local IFS='|'
    printf '^(%s)$' "$*"
}

# run_tests PRESET CTEST_OPTION...
run_tests() {
    local preset=$1 log=build/$1/ctest.log details=build/$1/Testing/Temporary/LastTest.log result=0
    shift
    ctest --preset "$preset" --parallel "$(nproc)" "$@" | tee "$log" || result=$?
    grep '^Measured: ' "$details" || true
    refuse_skipped "$log" "$details" && return "$result"
}

# ctest calls a run with skipped tests a success, and so does GoogleTest within one program.
refuse_skipped() {
    local skipped
    skipped=$(grep -hE '[*]{3}(Skipped|Not Run)|^\[  SKIPPED \]' "$@" | sort -u) || return 0
    say "Skipped, which counts as failed:" && say "$skipped"
    return 1
}
