#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Shows the promise: a client drives GPIO17, is killed, and the broker resets the line.
#
#   tools/lib/demo.sh BIN_FOLDER simulated|kernel [--once]
#
# Runs on tools/lib/stage, which names the bus in GPIOBROKER_ADDRESS. On a simulated chip the pin is
# read through the simulation, on the kernel's gpio-sim from sysfs, not from what the broker believes.
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

readonly BIN=$1 CHIP=$2 ONCE=${3:-}
readonly LINE=GPIO17 OFFSET=17
readonly SIM_LINE=/sys/devices/platform/gpio-sim.0/gpiochip0/sim_gpio$OFFSET
client=

call() { busctl --address="$GPIOBROKER_ADDRESS" call org.gpiobroker1 "$@"; }

# hold_line: starts a client that leases the line as an output at 1 and keeps it.
hold_line() {
    "$BIN/gpiobroker" set "$LINE=1" --bias pull-up 2>/dev/null &
    client=$!
    disown # the shell would report its end in the middle of the demonstration
}

# The first chip's lines are numbered from 512 in this view.
kernel_view() { grep -o "gpio-$((512 + OFFSET)) .*" /sys/kernel/debug/gpio; }

# show_kernel_view: what the kernel says of the line, where there is a kernel chip.
show_kernel_view() {
    if [[ $CHIP == kernel ]]; then
        echo "   The kernel says: $(kernel_view)"
    fi
}

# pin_state: "driven LEVEL PULL" or "input PULL", the pull where it can be seen.
pin_state() { "pin_state_$CHIP"; }

pin_state_simulated() {
    local signature driven level pull
    read -r signature driven level pull < <(call "$chip_object" org.gpiobroker1.Simulation ReadPin u $OFFSET)
    [[ $signature == bis ]]
    pull=${pull//\"/}
    if [[ $driven == true ]]; then echo "driven $level $pull"; else echo "input $pull"; fi
}

# gpio-sim has no bias to switch off and keeps showing its pull: on it, being an input is what counts.
pin_state_kernel() {
    if [[ $(kernel_view) == *output* ]]; then
        echo "driven $(<"$SIM_LINE/value")"
    else
        echo "input"
    fi
}

find_chip() {
    local line_object
    read -r _ line_object < <(call /org/gpiobroker1 org.gpiobroker1.Manager FindLine s "$LINE")
    line_object=${line_object//\"/}
    chip_object=${line_object%/*}
}

# await STATE_PATTERN: until the pin is so, for 10 s at most.
await() {
    local pattern=$1 deadline=$((SECONDS + 10)) state
    # shellcheck disable=SC2053 # a pattern, on purpose
    until state=$(pin_state) && [[ $state == $pattern ]]; do
        ((SECONDS < deadline)) || fail "the pin is '$state' after 10 s, not '$pattern'."
    done
    printf '%s\n' "$state"
}

milliseconds() {
    local now=${EPOCHREALTIME//[.,]/}
    echo $((now / 1000))
}

# explain_input: what else the chip shows of the line, where that is not what the broker asked of it.
explain_input() {
    [[ $CHIP == kernel ]] || return 0
    echo "   Beside that gpio-sim still shows its own $(<"$SIM_LINE/pull"): it takes a pull, but cannot switch one off, so the"
    echo "   last one stays. On a board's chip the broker's \"bias disabled\" switches the pull off."
}

show_promise() {
    local begin state
    hold_line
    state=$(await 'driven 1*')
    echo "1. A client (process $client) leased $LINE as an output at 1, with a pull-up. The pin: $state"
    show_kernel_view
    "$BIN/gpiobroker" leases
    begin=$(milliseconds)
    kill -KILL "$client"
    state=$(await 'input?( none)')
    echo "2. The client was killed with SIGKILL. $(($(milliseconds) - begin)) ms later the pin is: $state"
    show_kernel_view
    explain_input
    client=
}

# What can be pasted as it is, all at once: no line is named twice, none is held that a later command takes, and no pager
# takes what follows for its keys. With the first two lines the README's examples work there, too.
show_commands() {
    cat <<TEXT

The broker is still up. In another terminal, one by one or all at once:

  export DBUS_SYSTEM_BUS_ADDRESS=$GPIOBROKER_ADDRESS
  export PATH="$BIN:\$PATH"
  gpiobroker list
  gpiobroker get GPIO4 J8:11
  gpiobroker acquire --for-shell GPIO27=1
  gpiobroker leases
  gpiobroker set --leased GPIO27=0
  gpiobroker release GPIO27
  gpiobroker hold GPIO22=1 -- sleep 2
  gpiobroker status
  busctl --no-pager tree org.gpiobroker1
  busctl --no-pager introspect org.gpiobroker1 /org/gpiobroker1
  busctl call org.gpiobroker1 /org/gpiobroker1 \\
    org.gpiobroker1.Manager AcquireLines asa{sv} 1 GPIO17 2 direction s output value i 1

Enter or Ctrl-C ends it.
TEXT
}

trap '[[ -z $client ]] || kill -KILL "$client"' EXIT
find_chip
show_promise
if [[ $ONCE != --once ]]; then
    show_commands
    trap 'exit 0' INT TERM
    read -r || true
fi
