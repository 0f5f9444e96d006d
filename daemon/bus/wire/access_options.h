// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the options of an acquire on what others may do with the lines, and on how edges are kept.
#pragma once

#include "bus/wire/dictionary.h"
#include "core/base/result.h"
#include "core/lease/acquire_request.h"

namespace gpiobroker::bus {

/// Takes "access", "unobserved", "direct", "take-from-peripheral", "event-buffer-size" and
/// "edge-timeout-ms" out of the options, into the request. Refused: invalid_setting.
[[nodiscard]] core::Result<void> take_access(Dictionary& options, core::AcquireRequest& request);

}  // namespace gpiobroker::bus
