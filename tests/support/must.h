// SPDX-License-Identifier: GPL-2.0-or-later
// What a test takes for granted on its way to what it is about.
#pragma once

#include <stdexcept>

#include "core/base/result.h"

namespace gpiobroker::test {

/// Throws std::runtime_error, with the refusal's message, if it was not carried out.
inline void must(const core::Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

}  // namespace gpiobroker::test
