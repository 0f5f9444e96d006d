# SPDX-License-Identifier: GPL-2.0-or-later
# The Debian packages each purpose needs, and their installation.
# shellcheck shell=bash disable=SC2034

readonly BUILD_PACKAGES=(g++ cmake ninja-build pkg-config libsystemd-dev nlohmann-json3-dev
    libvalijson-dev libspdlog-dev libfmt-dev libcli11-dev libexpected-dev ca-certificates)
# A bus of one's own, and busctl (in systemd) to talk to what is on it.
readonly BUS_PACKAGES=(dbus systemd)
# For Debian releases whose own libraries are too old: what building ours takes.
readonly SOURCE_BUILD_PACKAGES=(make xz-utils curl libexpat1-dev)
readonly SYSTEM_GPIOD_PACKAGES=(libgpiod-dev)
readonly SYSTEM_SDBUS_PACKAGES=(libsdbus-c++-dev libsdbus-c++-bin)
# libglib2.0-bin has gdbus. With ccache, what several builds have in common is compiled once.
readonly TEST_PACKAGES=(libgtest-dev libgmock-dev libglib2.0-bin strace
    ccache dpkg-dev)
readonly KERNEL_PACKAGES=(gcc libc6-dev make flex bison bc xz-utils iproute2)
# What makes the Raspberry Pi 4 model: a cross compiler, and tools for roots, device trees and initial RAM disks.
readonly PI4_PACKAGES=(mmdebstrap g++-aarch64-linux-gnu cmake ninja-build pkg-config device-tree-compiler cpio systemd)
readonly PI4_QEMU_PACKAGES=(qemu-system-arm libc-bin)
readonly PI4_GUEST_PACKAGES=(base-files base-passwd coreutils dash grep util-linux mount systemd systemd-sysv dbus
    gpiod linux-image-arm64)
# Headers alone need none of the JSON libraries that libvalijson-dev can adapt to.
readonly PI4_LINK_PACKAGES=(libgpiod-dev libsdbus-c++-dev libsystemd-dev systemd-dev nlohmann-json3-dev
    libspdlog-dev libfmt-dev libcli11-dev libexpected-dev libvalijson-dev/alone)
# libFuzzer and the sanitizers of clang are in its run-time library.
readonly FUZZ_PACKAGES=(clang libclang-rt-dev)
# clang, because clang-tidy reads what a build with clang would compile.
readonly LINT_PACKAGES=(clang clang-format clang-tidy shellcheck cppcheck)
readonly COVERAGE_PACKAGES=(gcovr)

missing_packages() {
    local package
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
            printf '%s\n' "$package"
    done
}

install_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    timed "install-$(printf '%s\n' "${missing[@]}" | short_hash)" 240 "Installing Debian packages: ${missing[*]}" \
        fetch_and_install "${missing[@]}"
}

fetch_and_install() {
    update_package_lists
    quietly "$(cache_dir)/logs/apt-install.log" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=600 "$@"
}

update_package_lists() {
    quietly "$(cache_dir)/logs/apt-update.log" as_root apt-get update
}

# candidate_version PACKAGE: the version apt would install, or nothing.
candidate_version() {
    LC_ALL=C apt-cache policy "$1" 2>/dev/null |
        sed -n 's/^ *Candidate: //p' | grep -v -x '(none)' || true
}

# offers PACKAGE VERSION: whether the distribution has PACKAGE in VERSION or later.
offers() {
    local version
    version=$(candidate_version "$1")
    [[ -n $version ]] && dpkg --compare-versions "$version" ge "$2"
}
