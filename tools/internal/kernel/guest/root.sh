# SPDX-License-Identifier: GPL-2.0-or-later
# Builds the guest's root: the host's files below, memory above, and the kernel's own file systems.
# shellcheck shell=bash disable=SC2154 # variables come from the settings of this boot

make_root() {
    mount -t tmpfs -o mode=755 tmpfs /mnt
    mkdir /mnt/upper /mnt/work "$ROOT"
    list_file_systems >/mnt/fstab
    mount --all --fstab /mnt/fstab
    link_standard_streams
    mount_empty_folders
    mount_shared_folders
    name_machine
    ip link set lo up
}

# One list for one mount command: starting a program is what costs time in this kernel.
list_file_systems() {
    cat <<TEXT
overlay $ROOT overlay lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work
proc $ROOT/proc proc defaults
sys $ROOT/sys sysfs defaults
cgroup2 $ROOT/sys/fs/cgroup cgroup2 defaults
configfs $ROOT/sys/kernel/config configfs defaults
debugfs $ROOT/sys/kernel/debug debugfs defaults
dev $ROOT/dev devtmpfs defaults
devpts $ROOT/dev/pts devpts X-mount.mkdir
tmpfs $ROOT/dev/shm tmpfs mode=1777,X-mount.mkdir
TEXT
}

link_standard_streams() {
    ln -sfn /proc/self/fd "$ROOT/dev/fd"
    ln -sf /proc/self/fd/0 "$ROOT/dev/stdin"
    ln -sf /proc/self/fd/1 "$ROOT/dev/stdout"
    ln -sf /proc/self/fd/2 "$ROOT/dev/stderr"
}

# Nothing of the host's running programs shows in /run and /tmp, but what the command needs does.
mount_empty_folders() {
    local index
    for index in "${!keep[@]}"; do
        mkdir "/mnt/keep.$index"
        mount --bind "$ROOT${keep[index]}" "/mnt/keep.$index"
    done
    mount -t tmpfs -o mode=755 tmpfs "$ROOT/run"
    mount -t tmpfs -o mode=1777 tmpfs "$ROOT/tmp"
    for index in "${!keep[@]}"; do
        mkdir -p "$ROOT${keep[index]}"
        mount --move "/mnt/keep.$index" "$ROOT${keep[index]}"
    done
}

# What is written to these reaches the host.
mount_shared_folders() {
    local folder
    mount --bind "$RUN" "$ROOT/mnt"
    for folder in "${out[@]}"; do
        mkdir -p "$ROOT$folder"
        mount --bind "$folder" "$ROOT$folder"
    done
}

name_machine() {
    local id
    read -r id </proc/sys/kernel/random/uuid
    printf '%s\n' "${id//-/}" >"$ROOT/etc/machine-id"
    echo gpiobroker-test | tee /proc/sys/kernel/hostname >"$ROOT/etc/hostname"
}

# tar follows the links of a merged /usr (/lib to /usr/lib), where cp would stop. A checkout may be closed to others; what
# the guest's services read of it must not be.
install_overlays() {
    local folder
    for folder in "${overlays[@]}"; do
        tar -C "$folder" --mode=a+rX -c . | tar -C "$ROOT" -x --keep-directory-symlink --no-overwrite-dir
    done
}
