// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel tells everybody of a process, and which process another one means by a number.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace gpiobroker::bus {

/// Ids are those of the broker's own PID namespace, unless said otherwise.
struct ProcessStatus {
  std::int32_t parent = 0;        ///< 0: none that the broker's namespace has
  std::uint32_t uid = 0;          ///< the real user id, kept while it runs a set-user-id program
  std::vector<std::int32_t> ids;  ///< in each namespace that it is in, from the broker's inwards
};

/// Of the process that has the id now; nothing if there is none, or if /proc hides it.
[[nodiscard]] std::optional<ProcessStatus> status_of(std::int32_t pid);

using LookUpProcess = std::function<std::optional<ProcessStatus>(std::int32_t)>;

/// The id, in the broker's own namespace, of the process that `caller` calls `pid`.
///
/// The same for a caller in the broker's namespace. One in a namespace of its own, such as a
/// container's, can name itself and its ancestors: a number alone does not say whose it is, as
/// every container has its own 1, and only of an ancestor the kernel tells everybody that it is in
/// the same namespace: children are never in one further out, so who is in as many is in the same
/// ones. Nothing for all else, and where /proc does not tell of the caller.
[[nodiscard]] std::optional<std::int32_t> process_meant(std::int32_t pid, std::int32_t caller,
                                                        const LookUpProcess& look_up = status_of);

}  // namespace gpiobroker::bus
