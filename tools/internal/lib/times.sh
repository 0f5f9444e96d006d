# SPDX-License-Identifier: GPL-2.0-or-later
# How long the parts of a script take: what each took the last time on this machine, kept in the cache. Part of common.sh.
# shellcheck shell=bash

# in_words SECONDS
in_words() {
    if (($1 < 1)); then
        printf 'less than a second'
    elif (($1 < 120)); then
        printf '%d s' "$1"
    else
        printf '%d min' $((($1 + 30) / 60))
    fi
}

# last_time NAME: the seconds that the part of that name took the last time, or nothing.
last_time() {
    local file seconds
    file=$(cache_dir)/times/$1
    [[ -r $file ]] && read -r seconds <"$file" && [[ $seconds =~ ^[0-9]{1,9}$ ]] || return 0
    printf '%d\n' "$((10#$seconds))"
}

# usual_time NAME SECONDS: in words how long the part takes: as the last time here, else what a slow machine took.
usual_time() {
    local last
    last=$(last_time "$1")
    if [[ -n $last ]]; then
        printf '%s the last time' "$(in_words "$last")"
    else
        printf 'up to %s on a slow machine' "$(in_words "$2")"
    fi
}

# remember_time NAME SECONDS: for the next usual_time. A cache that cannot be written to is no reason to fail.
remember_time() {
    local folder
    folder=$(cache_dir)/times
    { mkdir -p "$folder" && printf '%d\n' "$2" >"$folder/$1"; } 2>/dev/null || true
}

# timed NAME SECONDS TEXT COMMAND...: says what is done, how long that usually takes, and how long it took. NAME is that
# of the part in the cache; SECONDS is what a slow machine took.
timed() {
    local name=$1 seconds=$2 text=$3 begin=$SECONDS
    shift 3
    say "$text ($(usual_time "$name" "$seconds")) ..."
    "$@" || return
    remember_time "$name" $((SECONDS - begin))
    say "  done in $(in_words $((SECONDS - begin)))"
}

# timed_build NAME MADE SECONDS TEXT COMMAND...: the same of what compiles the file MADE. Where that is there already,
# less is compiled than from nothing: its times are kept apart.
timed_build() {
    local name=$1 seconds=$3
    [[ ! -e $2 ]] || { name+=-again && seconds=20; }
    shift 3
    timed "$name" "$seconds" "$@"
}
