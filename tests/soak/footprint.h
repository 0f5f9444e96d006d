// SPDX-License-Identifier: GPL-2.0-or-later
// What the broker takes of the system while it has no client, and what it has left lying about.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/client_process.h"
#include "harness/daemon_process.h"

namespace gpiobroker::soak {

struct Footprint {
  std::size_t open_files = 0;
  std::size_t match_rules = 0;  ///< on the whole bus
  std::size_t resident_bytes = 0;
};

/// Memory may grow by so much and no more. Where a heap keeps its last free pages is chance; but it
/// is a hundred bytes for each of ten thousand clients, fewer than one lease takes.
inline constexpr std::size_t kMoreBytesAllowed = 1024UL * 1024;

/// Waits until no lease is left. Throws std::runtime_error if some stay.
[[nodiscard]] Footprint footprint(const test::DaemonProcess& daemon, test::ClientProcess& observer);

/// In words, what the second one has too much; empty: nothing.
[[nodiscard]] std::vector<std::string> growth(const Footprint& before, const Footprint& after);

/// In words, each line that is not as nobody's lines must be, each lease, the quarantine, resets
/// that failed. Takes every line once, without waiting, as a new client: a forgotten request that
/// waits for one would keep it.
[[nodiscard]] std::vector<std::string> leavings(test::ClientProcess& observer,
                                                test::ClientProcess taker, unsigned chips);

/// A property of the manager.
[[nodiscard]] test::Json manager_property(test::ClientProcess& observer, const char* name);

}  // namespace gpiobroker::soak
