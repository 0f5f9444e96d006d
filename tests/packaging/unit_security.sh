#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# unit_security.sh UNIT_FILE: fails if systemd rates the service as more exposed than 1.2 of 10.
# systemd 252 and 257 rate it alike; both read the file alone, without a running systemd.
set -euo pipefail

readonly UNIT=$1
readonly MOST_TENTHS=12

if ! systemd-analyze security --offline=true --no-pager --threshold=$MOST_TENTHS "$UNIT"; then
    echo "${UNIT##*/}: exposed to more than 1.2; the lines marked with a cross say by what." >&2
    exit 1
fi
