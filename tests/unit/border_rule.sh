#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Checks that what comes in and goes out passes the one place that is for it, and that nobody does it by
# hand beside them: border_rule.sh PROJECT_FOLDER
set -euo pipefail

failed=no

# through WHY PATTERN BORDER FOLDER...: lines of sources, as "FILE:NUMBER:LINE", that match the pattern match the border, too.
through() {
    local why=$1 pattern=$2 border=$3 found
    shift 3
    found=$(grep -rnE --include='*.h' --include='*.cpp' "$pattern" "$@" | grep -vE "$border") || return 0
    printf '%s:\n%s\n' "$why" "$found"
    failed=yes
}

# only WHY PLACE PATTERN FOLDER...: sources in the folders match the pattern in no line but those of files
# whose names match the place.
only() { through "$1" "$3" "^($2)" "${@:4}"; }

cd "${1:?}"
[[ -d daemon/bus && -d client/src && -d dbus ]] || { echo "not the project's folder: $1" && exit 1; }

only 'signals are heard by hear_signal(), which looks who sent them' 'dbus/hear_signal\.h' \
    'addMatch|sd_bus_(add_)?match|registerSignalHandler|uponSignal|sd_bus_track' daemon client dbus
only 'answers, signals and calls go out by the Outbox, which goes on if the bus does not take them' \
    'daemon/bus/(wire/outbox|wire/shared_vtable|callers/repeater)\.|daemon/app/connect\.cpp' \
    'createSignal|emit[A-Za-z]*Signal|returnResults|returnError|callMethod|sd_bus_(send|reply|emit|call)' daemon
only 'errors are made in one place, which makes their words fit for the bus' 'daemon/bus/wire/errors\.cpp' \
    'sdbus::(Error|createError) *[({]|sdbus::Error::Name' daemon/bus
only 'text goes out as bus::Text, which the bus takes' 'daemon/bus/wire/dictionary\.h' \
    'sdbus::Struct<[^;]*std::string|sdbus::Variant[({]|sdbus::Result<[^&;]*std::string' daemon/bus
through 'names of the kernel become names of ours by name_from()' \
    '\.(name|label|consumer)\(\)' 'name_from\(' daemon/gpio
through 'the name of a command becomes a name of ours by name_from()' \
    '/comm"' 'daemon/bus/callers/credentials\.cpp' daemon
grep -q 'return core::name_from(command)' daemon/bus/callers/credentials.cpp || {
    echo 'the name of a command is not spelled by name_from()'
    failed=yes
}

[[ $failed == no ]]
