# SPDX-License-Identifier: GPL-2.0-or-later
# A cache of what was compiled, for every build and checkout on this machine. Needs common.sh.
# shellcheck shell=bash

# use_ccache FOLDER: what CMake configures from now on, below FOLDER, compiles by ccache, where that is installed. Paths
# count from FOLDER: another checkout finds what was compiled in this one. The locale, in which warnings are written, does
# not count: the packages are compiled in another.
use_ccache() {
    command -v ccache >/dev/null || return 0
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$1
    CCACHE_DIR=$(cache_dir)/ccache
    export CCACHE_DIR CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=3G
    export CCACHE_SLOPPINESS=locale,time_macros,include_file_ctime,include_file_mtime
}
