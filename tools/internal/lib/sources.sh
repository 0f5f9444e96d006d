# SPDX-License-Identifier: GPL-2.0-or-later
# The pinned sources of the two libraries that older Debian releases lack, and how to get them.
# shellcheck shell=bash disable=SC2034

readonly LIBGPIOD_VERSION=2.2.1
readonly LIBGPIOD_SHA256=0e948049c309b87c220fb24ee0d605d7cd5b72f22376e608470903fffa2d4b18
readonly LIBGPIOD_URL=https://mirrors.edge.kernel.org/pub/software/libs/libgpiod/libgpiod-$LIBGPIOD_VERSION.tar.xz
readonly SDBUSCPP_VERSION=2.1.0
readonly SDBUSCPP_SHA256=6025e5dc6cddd532ff960d14e68ced5f42a1916b23a73fea6bcb437f06992eaf
readonly SDBUSCPP_URL=https://github.com/Kistler-Group/sdbus-cpp/archive/refs/tags/v$SDBUSCPP_VERSION.tar.gz

# fetch_source DEBIAN_NAME SHA256 URL NAMED_TARBALL TARGET: the file the user named, else the Debian
# mirror, else upstream. Debian ships upstream's own tarballs, so one checksum serves all three.
fetch_source() {
    local name=$1 sha256=$2 url=$3 named=$4 target=$5
    if [[ -n $named ]]; then
        [[ -r $named ]] || fail "the tarball $named cannot be read."
        cp "$named" "$target"
    else
        fetch_from_mirror "$name" "$target" || fetch_from_upstream "$url" "$target" ||
            fail "$name could not be fetched, neither from the Debian mirror nor from $url: name one in an environment variable (tools/setup --help)."
    fi
    verify_source "$target" "$sha256" "$name"
}

# Only the tarball is asked for: a partial mirror may lack the packaging files.
fetch_from_mirror() {
    local name=$1 target=$2 dir found
    dir=$(mktemp -d "$(dirname "$target")/fetch.XXXXXX")
    (cd "$dir" && private_apt deb-src apt-get source --download-only --tar-only "$name" >"$dir/log" 2>&1) || return
    found=$(find "$dir" -name '*.orig.tar.*' ! -name '*.asc' -print -quit)
    [[ -n $found ]] && mv "$found" "$target"
}

fetch_from_upstream() {
    say "  the Debian mirror does not have it; trying $1"
    curl --fail --silent --show-error --location --retry 2 --max-time 300 --output "$2" "$1"
}

verify_source() {
    local file=$1 expected=$2 name=$3 actual
    actual=$(sha256sum "$file")
    [[ ${actual%% *} == "$expected" ]] ||
        fail "the source of $name is refused: its SHA-256 is ${actual%% *}, but $expected is the one pinned in tools/internal/lib/sources.sh."
}
