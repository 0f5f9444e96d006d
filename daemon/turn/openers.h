// SPDX-License-Identifier: GPL-2.0-or-later
// Watches the processes that were given descriptors of direct leases.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>

#include "core/broker/broker.h"
#include "loop/descriptor.h"
#include "loop/end_watch.h"
#include "turn/listener.h"

namespace gpiobroker::turn {

/// Calls back when such a process has ended, in a turn of the loop of its own. One that nobody
/// waits for any more is not watched any more.
class Openers : public Listener {
 public:
  using Ended = std::function<void(const core::ClientName&)>;

  Openers(loop::EventLoop& loop, core::Broker& broker, Ended ended)
      : loop_(loop), broker_(broker), ended_(std::move(ended)) {}

  /// `process` is a pidfd of the client's process.
  void watch(const core::ClientName& opener, loop::Descriptor process);

  /// Looks for those that have ended, for as long as that, and calls back for them at once.
  void wait(std::chrono::milliseconds longest);

  void changed(const core::Change& change, core::Instant now) override;

 private:
  struct Watched {
    loop::Descriptor process;
    std::unique_ptr<loop::EndWatch> watch;  // goes first: it must leave the loop before the other
  };

  loop::EventLoop& loop_;
  core::Broker& broker_;
  Ended ended_;
  std::map<core::ClientName, Watched> watched_;  // each client that opened a lease
};

}  // namespace gpiobroker::turn
