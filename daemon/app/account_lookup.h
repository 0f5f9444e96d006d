// SPDX-License-Identifier: GPL-2.0-or-later
// Looking up users and groups where nobody waits for it: in a process of its own.
#pragma once

#include <chrono>
#include <functional>

#include "config/known_accounts.h"
#include "loop/descriptor.h"
#include "loop/end_watch.h"

namespace gpiobroker::app {

/// This program once more, as answer_accounts(): name services are other people's code, which may
/// take as long as a directory far away takes, or crash. A thread could neither be stopped nor
/// forgotten. The process has no descriptor of the broker's, and ends with this object or with the
/// broker.
class AccountLookup {
 public:
  /// Starts it. `over` is called when it has ended, and may end this object. Throws
  /// std::system_error.
  AccountLookup(loop::EventLoop& loop, config::KnownAccounts wanted, std::function<void()> over);
  AccountLookup(const AccountLookup&) = delete;
  AccountLookup& operator=(const AccountLookup&) = delete;
  ~AccountLookup();

  /// Waits for its end outside the loop, but no longer than that. False: it is not over.
  [[nodiscard]] bool wait(std::chrono::milliseconds limit) const;

  /// What it has found so far. The rest is in doubt.
  [[nodiscard]] config::KnownAccounts found() const;

 private:
  config::KnownAccounts wanted_;
  loop::Descriptor questions_;
  loop::Descriptor answers_;
  loop::Descriptor process_;  // a pidfd
  loop::EndWatch end_;
};

/// The argument, the only one, that makes this program answer instead of serve.
inline constexpr const char* kAnswerAccounts = "--answer-accounts";

/// Reads names on standard input and writes what they are on standard output, one after the other.
/// Returns the exit status.
int answer_accounts();

}  // namespace gpiobroker::app
