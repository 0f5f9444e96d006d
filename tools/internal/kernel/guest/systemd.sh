# SPDX-License-Identifier: GPL-2.0-or-later
# Prepares the guest's root for systemd: a small target, the command as its one service, a system bus.
# shellcheck shell=bash disable=SC2154 # variables come from the settings of this boot

# Slow, or pointless on an overlay in memory, or meant for the host's own hardware and settings.
readonly MASKED_UNITS=(systemd-tmpfiles-setup.service systemd-tmpfiles-setup-dev.service
    systemd-tmpfiles-setup-dev-early.service systemd-journal-flush.service systemd-udev-trigger.service
    systemd-journal-catalog-update.service systemd-hwdb-update.service systemd-update-done.service
    systemd-random-seed.service systemd-firstboot.service ldconfig.service systemd-remount-fs.service
    systemd-modules-load.service systemd-update-utmp.service systemd-sysctl.service systemd-binfmt.service
    proc-sys-fs-binfmt_misc.automount)

prepare_systemd() {
    local units=$ROOT/etc/systemd/system
    mask "$units" "${MASKED_UNITS[@]}"
    mask_generators
    [[ $bus != dbus-broker ]] || ln -sf /lib/systemd/system/dbus-broker.service "$units/dbus.service"
    write_test_target >"$units/gpiobroker-test.target"
    write_test_service >"$units/gpiobroker-test.service"
}

# mask FOLDER NAME...: systemd takes an empty file for "never".
mask() {
    local folder=$1 name
    shift
    for name in "$@"; do
        : >"$folder/$name"
    done
}

# Generators make units out of the host's fstab, disks and boot loader, and take a third of the boot.
mask_generators() {
    local folder=$ROOT/etc/systemd/system-generators generators
    mkdir -p "$folder"
    generators=("$ROOT"/lib/systemd/system-generators/*)
    mask "$folder" "${generators[@]##*/}"
}

# The units that the host's administrator enabled are no part of the test.
forget_host_units() {
    rm -rf "$ROOT/etc/systemd/system"
    rm -f "$ROOT/.dockerenv"
    mkdir -p "$ROOT/etc/systemd/system"
}

write_test_target() {
    cat <<'TEXT'
[Unit]
Requires=basic.target dbus.service
After=basic.target
Wants=gpiobroker-test.service
TEXT
}

write_test_service() {
    cat <<'TEXT'
[Unit]
After=dbus.service
SuccessAction=poweroff-force
FailureAction=poweroff-force
[Service]
Type=oneshot
TimeoutStartSec=infinity
ExecStart=/mnt/guest/start
TEXT
}
