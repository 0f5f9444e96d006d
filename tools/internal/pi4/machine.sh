# SPDX-License-Identifier: GPL-2.0-or-later
# QEMU, the kernel and the device tree of the Raspberry Pi 4 model.
# shellcheck shell=bash

# Devices that QEMU 10's raspi4b lacks, and whose drivers would wait for them or crash.
readonly MISSING_DEVICES=(clock@7ef00000 interrupt-controller@7ef00100 hdmi@7ef00700 hdmi@7ef05700 i2c@7ef04500
    i2c@7ef09500)

# make_machine QEMU_ROOT ARM64_ROOT MACHINE
make_machine() {
    write_qemu "$1" >"$3/qemu"
    chmod +x "$3/qemu"
    cp "$2"/boot/vmlinuz-* "$3/vmlinuz"
    make_device_tree "$2" "$3/pi4.dtb"
}

# The unpacked QEMU with its own libraries, whatever release this machine runs.
write_qemu() {
    local usr=$1/usr
    cat <<TEXT
#!/bin/sh
exec '$usr/lib64/ld-linux-x86-64.so.2' --library-path '$usr/lib/x86_64-linux-gnu' \\
    '$usr/bin/qemu-system-aarch64' -L '$usr/share/qemu' "\$@"
TEXT
}

make_device_tree() {
    local device
    cp "$1"/usr/lib/linux-image-*/broadcom/bcm2711-rpi-4-b.dtb "$2"
    # With Bluetooth at its other end the serial port would be no terminal.
    fdtput --remove "$2" /soc/serial@7e201000/bluetooth
    for device in "${MISSING_DEVICES[@]}"; do
        fdtput --type s "$2" "/soc/$device" status disabled
    done
}
