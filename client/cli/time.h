// SPDX-License-Identifier: LGPL-2.1-or-later
// Options that take a time.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>

namespace gpiobroker::cli {

/// Adds an option that takes milliseconds, or a number with a unit: ms, s, m, h.
void add_time(CLI::App& verb, const std::string& name, const std::string& description,
              std::function<void(std::chrono::milliseconds)> set);

}  // namespace gpiobroker::cli
