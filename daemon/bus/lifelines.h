// SPDX-License-Identifier: GPL-2.0-or-later
// What leases live as long as, watched.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "bus/wire/lifeline.h"
#include "core/lease/lease.h"

namespace gpiobroker::bus {

/// Calls back when the process or the pipe of a lease has ended, in a turn of the loop of its own.
class Lifelines {
 public:
  using Ended = std::function<void(core::LeaseId, core::EndReason)>;

  Lifelines(loop::EventLoop& loop, Ended ended) : loop_(loop), ended_(std::move(ended)) {}

  void watch(core::LeaseId lease, Lifeline lifeline);

  /// The lease is over. Not to be called from the callback.
  void forget(core::LeaseId lease) { watched_.erase(lease); }

 private:
  struct Watched {
    sdbus::UnixFd fd;
    std::unique_ptr<loop::EndWatch> watch;  // goes first: it must leave the loop before fd closes
  };

  loop::EventLoop& loop_;
  Ended ended_;
  std::map<core::LeaseId, Watched> watched_;  // each lease with a process or pipe
};

}  // namespace gpiobroker::bus
