// SPDX-License-Identifier: GPL-2.0-or-later
// File descriptors that are left free for what comes from the bus.
#pragma once

#include "core/base/result.h"

namespace gpiobroker::bus {

/// Whether the broker may hold on to something that has descriptors: a lease, or a call, which may
/// have brought some. The bus library gives up a connection that brings a descriptor for which
/// there is no room, and with it every lease. So some are always left, and what would take them is
/// refused: quota_exceeded.
[[nodiscard]] core::Result<void> check_descriptors();

}  // namespace gpiobroker::bus
