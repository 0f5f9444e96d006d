# SPDX-License-Identifier: GPL-2.0-or-later
# The guest's root: Debian with systemd and a system bus, and this tree as `cmake --install` lays it out.
# shellcheck shell=bash

# What the guest has no use for: most of what was unpacked.
readonly LEFT_OUT=(./boot './usr/lib/linux-image-*' ./usr/lib/modules ./usr/lib/firmware ./usr/lib/gcc ./usr/lib/klibc
    ./usr/lib/udev ./usr/include ./usr/share/doc ./usr/share/info ./usr/share/locale ./usr/share/man '*.a')
# Slow under emulation, or meant for disks, users and networks that the guest does not have.
readonly MASKED_UNITS=(getty.target systemd-logind.service systemd-user-sessions.service systemd-udevd.service
    systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service systemd-binfmt.service
    proc-sys-fs-binfmt_misc.automount systemd-tmpfiles-setup-dev-early.service systemd-tmpfiles-setup-dev.service
    systemd-tmpfiles-setup.service systemd-hwdb-update.service systemd-journal-catalog-update.service
    systemd-journal-flush.service systemd-modules-load.service systemd-random-seed.service systemd-sysusers.service
    systemd-update-done.service systemd-firstboot.service systemd-sysctl.service ldconfig.service
    kmod-static-nodes.service dev-hugepages.mount dev-mqueue.mount sys-kernel-tracing.mount sys-kernel-config.mount
    sys-fs-fuse-connections.mount systemd-remount-fs.service timers.target)

# make_root ARM64_ROOT CROSS_BUILD FOLDER: a folder `root` there, and machine/root.cpio out of it.
make_root() {
    local arm64=$1 cross=$2 folder=$3 root=$3/root
    rm -rf "$root" && mkdir "$root" &&
        tar -C "$arm64" -c "${LEFT_OUT[@]/#/--exclude=}" . | tar -C "$root" -x &&
        cp -r "$GPIOBROKER_TOP"/tools/internal/pi4/guest/. "$root" &&
        DESTDIR=$root cmake --install "$cross" --strip &&
        cp "$cross/bin/gpiobroker-example-toggle" "$root/usr/bin" &&
        configure_root "$root" &&
        (cd "$root" && find . | cpio --quiet -o -H newc -R 0:0) >"$folder/machine/root.cpio"
}

# What the packages' own scripts would do on Arm: users, units, a first program.
configure_root() {
    cp "$1/usr/share/base-passwd/passwd.master" "$1/etc/passwd"
    cp "$1/usr/share/base-passwd/group.master" "$1/etc/group"
    systemd-sysusers --root="$1"
    mask_generators "$1"
    systemctl --root="$1" mask "${MASKED_UNITS[@]}"
    systemctl --root="$1" enable gpiobroker.service gpiobroker-console.service
    systemctl --root="$1" set-default multi-user.target
    printf 'pi4\n' >"$1/etc/hostname"
    printf '0123456789abcdef0123456789abcdef\n' >"$1/etc/machine-id"
    ln -s usr/lib/systemd/systemd "$1/init"
}

# They would look for disks and boot loaders.
mask_generators() {
    local generator
    mkdir -p "$1/etc/systemd/system-generators"
    for generator in "$1"/usr/lib/systemd/system-generators/*; do
        ln -s /dev/null "$1/etc/systemd/system-generators/${generator##*/}"
    done
}
