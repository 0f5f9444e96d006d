// SPDX-License-Identifier: GPL-2.0-or-later
// The process, or the other end of a pipe, that a lease lives as long as.
#pragma once

#include <optional>
#include <variant>

#include <sdbus-c++/sdbus-c++.h>

#include "core/base/result.h"
#include "core/lease/client.h"
#include "core/lease/lifetime.h"
#include "turn/lifelines.h"

namespace gpiobroker::bus {

struct NoLifeline {};
struct ProcessId {
  std::int32_t pid = 0;
};

/// As a client names it: nothing, a process, or a descriptor of a pipe or socket.
using LifelineWish = std::variant<NoLifeline, ProcessId, sdbus::UnixFd>;

using turn::Lifeline;

/// Makes sure that a lease may live as long as what was named: a living process of the holder's own
/// user (root may name any), or a descriptor that tells when its other end is closed. A process id
/// is one of the holder's PID namespace, see process_meant(). Refused: invalid_setting.
[[nodiscard]] core::Result<std::optional<Lifeline>> open_lifeline(const LifelineWish& wish,
                                                                  const core::Client& holder);

/// A pidfd of the process that made the holder's connection; nothing if it is gone, or if nobody
/// tells which one it is.
[[nodiscard]] std::optional<loop::Descriptor> open_process(const core::Client& holder);

}  // namespace gpiobroker::bus
