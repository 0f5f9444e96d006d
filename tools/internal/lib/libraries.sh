# SPDX-License-Identifier: GPL-2.0-or-later
# libgpiod 2 and sdbus-c++ 2: from the distribution where new enough, else built into a private prefix.
# shellcheck shell=bash

readonly LIBGPIOD_MINIMUM=2.1
readonly SDBUSCPP_MINIMUM=2.0
# Static, because the distribution has no such shared library; position-independent, because ours may be.
readonly LIBGPIOD_OPTIONS=(--enable-bindings-cxx --disable-shared --with-pic CFLAGS='-O2 -g' CXXFLAGS='-O2 -g')
readonly SDBUSCPP_OPTIONS=(-DCMAKE_BUILD_TYPE=RelWithDebInfo -DBUILD_SHARED_LIBS=OFF
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DSDBUSCPP_BUILD_CODEGEN=ON -DSDBUSCPP_BUILD_DOCS=OFF)

# setup_libraries: leaves both libraries usable by tools/cmake/Dependencies.cmake.
setup_libraries() {
    local wanted=()
    if offers libgpiod-dev "$LIBGPIOD_MINIMUM"; then
        install_packages "${SYSTEM_GPIOD_PACKAGES[@]}"
    else
        wanted+=(libgpiod)
    fi
    if offers libsdbus-c++-dev "$SDBUSCPP_MINIMUM"; then
        install_packages "${SYSTEM_SDBUS_PACKAGES[@]}"
    else
        wanted+=(sdbuscpp)
    fi
    ((${#wanted[@]} == 0)) || with_lock libraries provide_libraries "${wanted[@]}"
}

# The name of the finished folder is the stamp: it appears whole, by a rename, or not at all.
provide_libraries() {
    local prefix
    install_packages "${SOURCE_BUILD_PACKAGES[@]}"
    prefix=$(cache_dir)/deps-$(libraries_key "$@")
    [[ -d $prefix ]] || build_libraries "$prefix" "$@"
    ln -sfn "${prefix##*/}" "$(cache_dir)/deps.new"
    mv -T "$(cache_dir)/deps.new" "$(cache_dir)/deps"
}

libraries_key() {
    printf '%s\n' "$@" "$LIBGPIOD_VERSION" "$LIBGPIOD_SHA256" "${LIBGPIOD_OPTIONS[@]}" \
        "$SDBUSCPP_VERSION" "$SDBUSCPP_SHA256" "${SDBUSCPP_OPTIONS[@]}" "$(compiler_version "${CXX:-g++}")" | short_hash
}

build_libraries() {
    local prefix=$1 library
    shift
    make_work_folder "$(cache_dir)"
    timed private-index-deb-src 20 "Reading the source index of Debian $PRIVATE_SUITE" update_private_lists deb-src
    for library in "$@"; do
        "build_$library" "$work" "$prefix"
    done
    mv -T "$work/root$prefix" "$prefix"
}

build_libgpiod() {
    local work=$1 prefix=$2
    fetch_source libgpiod "$LIBGPIOD_SHA256" "$LIBGPIOD_URL" \
        "${GPIOBROKER_LIBGPIOD_TARBALL:-}" "$work/libgpiod.tar.xz"
    unpack "$work/libgpiod.tar.xz" "$work/libgpiod"
    timed libgpiod 90 "Building libgpiod $LIBGPIOD_VERSION" \
        quietly "$(cache_dir)/logs/libgpiod.log" make_libgpiod "$work" "$prefix"
}

make_libgpiod() {
    cd "$1/libgpiod" &&
        ./configure --prefix="$2" --libdir="$2/lib" "${LIBGPIOD_OPTIONS[@]}" &&
        make -j"$(nproc)" &&
        make install DESTDIR="$1/root"
}

build_sdbuscpp() {
    local work=$1 prefix=$2
    fetch_source sdbus-cpp "$SDBUSCPP_SHA256" "$SDBUSCPP_URL" \
        "${GPIOBROKER_SDBUSCPP_TARBALL:-}" "$work/sdbus-cpp.tar.gz"
    unpack "$work/sdbus-cpp.tar.gz" "$work/sdbus-cpp"
    timed sdbus-cpp 90 "Building sdbus-c++ $SDBUSCPP_VERSION" \
        quietly "$(cache_dir)/logs/sdbus-cpp.log" make_sdbuscpp "$work" "$prefix"
}

make_sdbuscpp() {
    cd "$1/sdbus-cpp" &&
        cmake -G Ninja -S . -B build -DCMAKE_INSTALL_PREFIX="$2" -DCMAKE_INSTALL_LIBDIR=lib \
            "${SDBUSCPP_OPTIONS[@]}" &&
        DESTDIR="$1/root" ninja -C build install
}

unpack() {
    mkdir "$2"
    tar -xf "$1" -C "$2" --strip-components=1
}
