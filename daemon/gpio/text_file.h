// SPDX-License-Identifier: GPL-2.0-or-later
// Files that the kernel makes up as they are read.
#pragma once

#include <filesystem>
#include <string>

namespace gpiobroker::gpio {

/// All of a file; empty if it cannot be read. At most a mebibyte, which no such file comes near.
[[nodiscard]] std::string text_of(const std::filesystem::path& path);

}  // namespace gpiobroker::gpio
