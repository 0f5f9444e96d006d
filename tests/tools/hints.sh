#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The commands that the quickstart prints work as they are printed: pasted into a terminal, all at once. And what it
# shows before them is what the README shows.
#
#   tests/tools/hints.sh TOP_FOLDER FOLDER_WITH_PROGRAMS
set -euo pipefail

readonly TOP=$1 BIN=$2
work=$(mktemp -d)
demonstration='' terminal=''
trap 'kill $terminal $demonstration 2>/dev/null || true; rm -rf "$work"' EXIT

fail() {
    printf 'FAILED: %s\n' "$*"
    exit 1
}

# await WHAT COMMAND...: until it succeeds, for 60 s at most.
await() {
    local what=$1 deadline=$((SECONDS + 60))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || fail "$what: $(cat "$work"/shown "$work"/screen 2>/dev/null)"
        read -rt 0.05 <> <(:) || true
    done
}

start_demonstration() {
    mkfifo "$work/keys"
    "$TOP/tools/internal/stage" "$BIN" --simulate 54 -- "$TOP/tools/internal/demo" "$BIN" simulated \
        <"$work/keys" >"$work/shown" 2>&1 &
    demonstration=$!
    exec 9>"$work/keys"
    await "the demonstration does not come to its end" grep -q '^Enter or Ctrl-C' "$work/shown"
}

end_demonstration() {
    echo >&9
    wait "$demonstration" || fail "the demonstration ends with status $?"
    demonstration=''
}

# The block as somebody would mark and copy it.
hints() { sed -n '/^The broker is still up/,/^Enter or Ctrl-C/ { /^  /p }' "$work/shown"; }

# A command goes on in the next line behind a backslash.
count_commands() { hints | grep -vc '\\$'; }

# An interactive shell on a terminal of its own, which writes down the status of every command that it has run.
paste_hints() {
    cat >"$work/rc" <<TEXT
PS1='$ '
PROMPT_COMMAND='echo "\$? \$(HISTTIMEFORMAT= history 1)" >>$work/statuses'
TEXT
    : >"$work/statuses"
    { hints && cat "$work/open"; } 8>&- |
        env -u GPIOBROKER_ADDRESS -u DBUS_SYSTEM_BUS_ADDRESS -u PAGER -u SYSTEMD_PAGER HISTFILE= TERM=xterm \
            script --quiet --return --command "exec bash --noprofile --rcfile $work/rc -i" /dev/null \
            >"$work/screen" 2>&1 8>&- &
    terminal=$!
}

# The prompt that comes before the first command writes a status, too.
are_all_done() { (($(wc -l <"$work/statuses") > $(count_commands))); }

expect_success() {
    local failed
    failed=$(tail -n +2 "$work/statuses" | grep -v '^0 ' || true)
    [[ -z $failed ]] || fail "a command has failed: $failed"$'\n'"$(<"$work/screen")"
}

# What the README shows, with numbers that are another machine's left out.
expect_the_readme_to_agree() {
    local line shown
    shown=$(sed -E 's/[0-9]+/N/g; s/ +/ /g' "$work/shown")
    while read -r line; do
        grep -qxF -- "$line" <<<"$shown" || fail "the README shows '$line', the demonstration not: $(<"$work/shown")"
    done < <(sed -n '/^\$ tools\/quickstart --once/,/^```/ { /^[12]\. \|^ID/p }' "$TOP/README.md" |
        sed -E 's/[0-9]+/N/g; s/ +/ /g')
}

start_demonstration
mkfifo "$work/open"
exec 8<>"$work/open"
paste_hints
await "not all commands were run" are_all_done
exec 8>&-
wait "$terminal" || fail "the terminal ends with status $?"
terminal=''
expect_success
expect_the_readme_to_agree
end_demonstration
echo "$(count_commands) commands work as they are printed"
