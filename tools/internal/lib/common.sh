# SPDX-License-Identifier: GPL-2.0-or-later
# Messages, paths, times, privileges and locks shared by the project's scripts.
# shellcheck shell=bash

GPIOBROKER_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
# shellcheck disable=SC2034 # for the scripts that source this
readonly GPIOBROKER_TOP
source "$GPIOBROKER_TOP/tools/internal/lib/times.sh"

# What is built here, other users run in the tests, whatever else this one keeps to itself.
umask 022

# Messages go to standard error: standard output belongs to the commands a script runs.
say() { printf '%s\n' "$*" >&2; }

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# take_no_arguments ARGUMENT...: for a script that has a function `usage`, and nothing to be told but --help.
take_no_arguments() {
    (($#)) || return 0
    case $1 in
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && fail "unknown argument '$1'." ;;
    esac
}

cache_dir() {
    printf '%s\n' "${GPIOBROKER_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/gpiobroker}"
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "'$1' needs root: run this script as root or install sudo."
    fi
}

# with_lock NAME COMMAND...: one process at a time; the lock ends with the process that holds it.
with_lock() {
    local name=$1 file
    shift
    mkdir -p "$(cache_dir)"
    file=$(cache_dir)/$name.lock
    (
        flock -n 9 || {
            say "Waiting for another process that does the same ($name) ..."
            flock 9
        }
        "$@"
    ) 9>"$file"
}

# make_work_folder PARENT: sets `work` to a new folder that goes away with this shell; for use under with_lock.
make_work_folder() {
    mkdir -p "$1"
    work=$(mktemp -d "$1/work.XXXXXX")
    trap 'rm -rf "$work"' EXIT
}

# quietly LOG COMMAND...: keeps a long command's output in LOG and shows its end if the command fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 && return
    tail -n 40 "$log" >&2
    fail "'$1' failed; its whole output is in $log"
}

# short_hash: the first twelve digits of the SHA-256 of standard input, for names in the cache.
short_hash() {
    local sum
    sum=$(sha256sum)
    printf '%s\n' "${sum:0:12}"
}

compiler_version() { "$1" --version | head -n 1; }
