#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs a command where nobody but root can enter a folder, as it is with a checkout in root's home. Others see nothing of
# it. Where mounts are forbidden, as in some containers, the command runs in the folder as it is.
#
#   tests/integration/closed_checkout.sh FOLDER COMMAND...
set -euo pipefail

# close_folder FOLDER CONTENT: what is in the folder shows in CONTENT, and each entry of it in a new folder of the same name
# that is root's alone.
close_folder() {
    local folder=$1 content=$2 entry name
    mount --rbind "$folder" "$content"
    mount -t tmpfs -o mode=0700 tmpfs "$folder"
    for entry in "$content"/* "$content"/.[!.]*; do
        name=$folder/${entry##*/}
        if [[ -L $entry ]]; then
            cp -P "$entry" "$name"
        elif [[ -d $entry ]]; then
            mkdir "$name" && mount --rbind "$entry" "$name"
        elif [[ -e $entry ]]; then
            : >"$name" && mount --bind "$entry" "$name"
        fi
    done
    ! setpriv --reuid 65534 --regid 65534 --clear-groups ls "$folder" &>/dev/null ||
        { echo "$folder is still open to others" && exit 1; }
}

if [[ $1 == --inside ]]; then
    close_folder "$3" "$2"
    cd "$PWD" # a path that now leads through the closed folder
    exec "${@:4}"
elif unshare --mount --propagation private mount -t tmpfs tmpfs /mnt &>/dev/null; then
    content=$(mktemp -d)
    trap 'rmdir "$content"' EXIT
    unshare --mount --propagation private "$0" --inside "$content" "$@"
else
    echo "Mounts are forbidden here: the checkout stays open."
    exec "${@:2}"
fi
