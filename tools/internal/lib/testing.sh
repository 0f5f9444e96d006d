# SPDX-License-Identifier: GPL-2.0-or-later
# Configuring builds for tests, and running them with ctest.
# shellcheck shell=bash

source "$GPIOBROKER_TOP/tools/internal/lib/ccache.sh"

# package_flags: what Debian's packages are compiled with, so that tests and packages are made of the same objects.
package_flags() {
    DEB_BUILD_MAINT_OPTIONS=hardening=+all dpkg-buildflags --get CXXFLAGS
    DEB_BUILD_MAINT_OPTIONS=hardening=+all dpkg-buildflags --get CPPFLAGS
}

# configure PRESET OPTION...
configure() {
    local preset=$1 options=("${@:2}")
    use_ccache "$GPIOBROKER_TOP"
    [[ $preset != release ]] || options+=(-DCMAKE_CXX_FLAGS="$(package_flags | paste -sd ' ')")
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
    # One more than there are processors: some test always waits.
    ctest --preset "$preset" --parallel $(($(nproc) + 1)) "$@" | tee "$log" || result=$?
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

# show_failures PRESET: each failed test of the last run with the end of what it printed. It comes last in the output of
# tools/test, where a log that is cut at its beginning still has it.
show_failures() {
    local log=build/$1/ctest.log details=build/$1/Testing/Temporary/LastTest.log name
    [[ -e $log ]] || return 0
    while read -r name; do
        say "" && say "=== failed ($1): $name"
        output_of "$name" "$details" | tail -n 60 | cut -c 1-400 >&2
    done < <(sed -n '/^The following tests FAILED:/,$ s/^[[:space:]]*[0-9]* - \(.*\) ([^()]*)$/\1/p' "$log")
}

# output_of TEST FILE: what the test printed, from the log in which ctest keeps every test's output.
output_of() {
    awk -v name="$1" '
        /^[0-9]+\/[0-9]+ Test: / { wanted = (substr($0, index($0, "Test: ") + 6) == name) }
        wanted && /^<end of output>/ { wanted = 0 }
        wanted' "$2"
}
