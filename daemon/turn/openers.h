// SPDX-License-Identifier: GPL-2.0-or-later
// Watches the processes that were given descriptors of direct leases.
#pragma once

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

  [[nodiscard]] bool watches(const core::ClientName& opener) const {
    return watched_.contains(opener);
  }

  /// `process` is a pidfd of the client's process.
  void watch(const core::ClientName& opener, loop::Descriptor process);

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
