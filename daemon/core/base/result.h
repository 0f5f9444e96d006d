// SPDX-License-Identifier: GPL-2.0-or-later
// What an operation gives back: its value, or the refusal that explains why there is none.
#pragma once

#include <version>
#if defined(__cpp_lib_expected)
#include <expected>
#else
#include <tl/expected.hpp>
#endif

#include "core/base/refusal.h"

namespace gpiobroker::core {

#if defined(__cpp_lib_expected)
template <class T, class Error>
using Expected = std::expected<T, Error>;
template <class Error>
using Unexpected = std::unexpected<Error>;
#else  // clang before 19 cannot read libstdc++'s <expected>
template <class T, class Error>
using Expected = tl::expected<T, Error>;
template <class Error>
using Unexpected = tl::unexpected<Error>;
#endif

template <class T>
using Result = Expected<T, Refusal>;
using Refused = Unexpected<Refusal>;

/// Makes the refusal that a function returning Result ends with.
[[nodiscard]] inline Refused refuse(Reason reason, std::string field, std::string message) {
  return Refused(Refusal{reason, std::move(field), std::move(message)});
}

}  // namespace gpiobroker::core
