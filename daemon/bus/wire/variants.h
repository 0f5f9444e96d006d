// SPDX-License-Identifier: GPL-2.0-or-later
// Reads variants with the tolerance that calls typed by hand need, and no more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "core/base/result.h"

namespace gpiobroker::bus {

/// A string, or nothing for any other type.
[[nodiscard]] std::optional<std::string> as_text(const sdbus::Variant& variant);

/// A boolean, or nothing for any other type.
[[nodiscard]] std::optional<bool> as_flag(const sdbus::Variant& variant);

/// An integer of any width and sign, or nothing for any other type and beyond 63 bits.
[[nodiscard]] std::optional<std::int64_t> as_number(const sdbus::Variant& variant);

/// invalid_setting: says which key, what it got (value and type), and what would be accepted.
[[nodiscard]] core::Refused wrong(const std::string& key, const sdbus::Variant& variant,
                                  const std::string& accepted);

}  // namespace gpiobroker::bus
