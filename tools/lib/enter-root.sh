#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# enter-root.sh ROOT CACHE COMMAND...: mounts what a system needs in ROOT and runs COMMAND there; for tools/clean-root.
set -euo pipefail

readonly ROOT=$1 CACHE=$2
shift 2

mount -t proc proc "$ROOT/proc"
mount --rbind /sys "$ROOT/sys"
mount --rbind /dev "$ROOT/dev"
# User-Mode Linux maps its memory from here, executable.
mount -t tmpfs -o mode=1777,exec tmpfs "$ROOT/dev/shm"
mount -t tmpfs -o mode=1777,exec tmpfs "$ROOT/tmp"
if [[ -n $CACHE ]]; then
    mkdir -p "$ROOT/root/.cache/gpiobroker"
    mount --bind "$CACHE" "$ROOT/root/.cache/gpiobroker"
fi

exec chroot "$ROOT" /usr/bin/env -i -C /src HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} "$@"
