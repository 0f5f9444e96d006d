# SPDX-License-Identifier: GPL-2.0-or-later
# A private apt configuration that reads Debian 13 from the machine's own mirror, whatever release it runs.
# shellcheck shell=bash

readonly PRIVATE_SUITE=trixie

# debian_mirror: the address the machine's own Debian packages come from. apt itself is asked, so that
# both formats of its source lists count, and the Release files tell Debian from other vendors.
debian_mirror() {
    [[ -z ${GPIOBROKER_MIRROR:-} ]] || { printf '%s\n' "$GPIOBROKER_MIRROR"; return; }
    local mirror
    mirror=$(configured_debian_mirror)
    [[ -n $mirror ]] || { update_package_lists; mirror=$(configured_debian_mirror); }
    [[ -n $mirror ]] || fail "apt knows no Debian mirror: name one in GPIOBROKER_MIRROR."
    printf '%s\n' "$mirror"
}

# shellcheck disable=SC2016 # apt expands its own variables
configured_debian_mirror() {
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' |
        sed -n 's/^Debian|Debian|main|//p' | sort -u | head -n 1
}

# host_apt_settings: what lets apt reach the mirror from here lets it from a root of its own.
host_apt_settings() {
    apt-config dump | grep -E '^Acquire::(https?|ftp|Retries|Check-Valid-Until|Check-Date)' || true
}

# private_apt deb|deb-src COMMAND...: apt on the private configuration of that kind. The system's own
# lists stay untouched; its proxies, certificates and passwords apply.
private_apt() {
    local dir command=$2
    dir=$(cache_dir)/apt/$1
    shift 2
    "$command" -o Dir::State::Lists="$dir/lists" -o Dir::Cache="$dir/cache" \
        -o Dir::Etc::SourceList="$dir/private.sources" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
        -o APT::Sandbox::User="$(id -un)" -o APT::Get::List-Cleanup=false "$@"
}

# update_private_lists deb|deb-src [SUITE]...: of PRIVATE_SUITE if none is named.
update_private_lists() {
    local dir
    dir=$(cache_dir)/apt/$1
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
    (($# > 1)) || set -- "$1" "$PRIVATE_SUITE"
    write_private_sources "$@" >"$dir/private.sources"
    quietly "$(cache_dir)/logs/apt-private.log" private_apt "$1" apt-get update
}

write_private_sources() {
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror
    mirror=$(debian_mirror) || exit
    printf 'Types: %s\nURIs: %s\nSuites: %s\nComponents: main\n' "$1" "$mirror" "${*:2}"
    [[ ! -e $keyring ]] || printf 'Signed-By: %s\n' "$keyring"
}
