// SPDX-License-Identifier: GPL-2.0-or-later
// Waiting for what another process does.
#pragma once

#include <chrono>
#include <thread>

namespace gpiobroker::test {

/// Longer than any working system needs, however slow: only a failing test waits for it.
inline constexpr std::chrono::seconds kDeadline{30};

/// Asks until the condition holds. False if it never did.
template <class Condition>
[[nodiscard]] bool eventually(Condition condition, std::chrono::seconds limit = kDeadline) {
  constexpr std::chrono::milliseconds kBetweenLooks{1};
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return true;
}

}  // namespace gpiobroker::test
