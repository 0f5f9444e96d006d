# SPDX-License-Identifier: GPL-2.0-or-later
# Debian 13's packages of any architecture, unpacked into a folder of the cache and not installed. Needs mirror.sh.
# shellcheck shell=bash

# unpacked NAME ARCHITECTURE PACKAGE...: the folder in the cache that unpack_packages fills with the same arguments.
unpacked() { printf '%s/%s-%s\n' "$(cache_dir)" "$1" "$(printf '%s\n' "$PRIVATE_SUITE" "${@:2}" | short_hash)"; }

# unpack_packages SECONDS TEXT NAME ARCHITECTURE PACKAGE...: with all that they depend on, unless that is done already;
# SECONDS and TEXT as for timed. A package named PACKAGE/alone comes without.
unpack_packages() {
    local folder
    folder=$(unpacked "${@:3}")
    [[ -d $folder ]] || with_lock "$3" unpack_once "$folder" "$@"
}

# unpack_once FOLDER SECONDS TEXT NAME ARCHITECTURE PACKAGE...: another process may have done it in the meantime.
unpack_once() { [[ -d $1 ]] || timed "unpack-$4" "$2" "$3" unpack_into "$1" "${@:4}"; }

# unpack_into FOLDER NAME ARCHITECTURE PACKAGE...
unpack_into() {
    local folder=$1 name=$2 mirror
    mirror=$(debian_mirror)
    make_work_folder "$(cache_dir)"
    mkdir -p "$(cache_dir)/logs" "$work/root"
    host_apt_settings >"$work/apt.conf"
    quietly "$(cache_dir)/logs/$name.log" extract_packages "$work" "$mirror" "${@:3}"
    mv -T "$work/root" "$folder"
}

# extract_packages WORK MIRROR ARCHITECTURE PACKAGE...: no program of another architecture is run.
extract_packages() {
    local work=$1 mirror=$2 architecture=$3 package options=()
    for package in "${@:4}"; do
        case $package in
            */alone) options+=(--extract-hook="$(extract_alone "${package%/alone}")") ;;
            *) options+=(--include="$package") ;;
        esac
    done
    mmdebstrap --variant=extract --architectures="$architecture" --skip=check/qemu --aptopt="$work/apt.conf" \
        --aptopt='APT::Install-Recommends "false"' "${options[@]}" "$PRIVATE_SUITE" "$work/root.tar" "$mirror" &&
        tar -xf "$work/root.tar" -C "$work/root" --no-same-owner --exclude='./dev/*' &&
        chmod 755 "$work/root"
}

# shellcheck disable=SC2016 # mmdebstrap's shell has the root as its first argument
extract_alone() {
    printf 'cd "$1/tmp" && APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" apt-get download %s && ' "$1"
    printf 'dpkg-deb --extract %s_*.deb "$1" && rm %s_*.deb' "$1" "$1"
}
