// SPDX-License-Identifier: GPL-2.0-or-later
// What an operation gives back: its value, or the refusal that explains why there is none.
#pragma once

#include <version>
#if defined(__cpp_lib_expected)
#include <expected>
#else
#include <tl/expected.hpp>
#endif

#include "core/refusal.h"

namespace gpiobroker::core {

#if defined(__cpp_lib_expected)
template <class T>
using Result = std::expected<T, Refusal>;
using Refused = std::unexpected<Refusal>;
#else  // clang before 19 cannot read libstdc++'s <expected>
template <class T>
using Result = tl::expected<T, Refusal>;
using Refused = tl::unexpected<Refusal>;
#endif

/// Makes the refusal that a function returning Result ends with.
[[nodiscard]] inline Refused refuse(Reason reason, std::string field, std::string message) {
  return Refused(Refusal{reason, std::move(field), std::move(message)});
}

}  // namespace gpiobroker::core
