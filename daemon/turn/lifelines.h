// SPDX-License-Identifier: GPL-2.0-or-later
// Watches the processes and pipes that leases live as long as.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "loop/descriptor.h"
#include "loop/end_watch.h"
#include "turn/listener.h"

namespace gpiobroker::turn {

/// What is to be watched for a lease, by a descriptor of its own.
struct Lifeline {
  loop::Descriptor fd;
  loop::EndWatch::Of what;
};

/// Calls back when the process or the pipe of a lease has ended, in a turn of the loop of its own.
class Lifelines : public Listener {
 public:
  using Ended = std::function<void(core::LeaseId, core::EndReason)>;

  Lifelines(loop::EventLoop& loop, Ended ended) : loop_(loop), ended_(std::move(ended)) {}

  void watch(core::LeaseId lease, Lifeline lifeline);

  void changed(const core::Change& change, core::Instant now) override;

 private:
  struct Watched {
    loop::Descriptor fd;
    std::unique_ptr<loop::EndWatch> watch;  // goes first: it must leave the loop before fd closes
  };

  loop::EventLoop& loop_;
  Ended ended_;
  std::map<core::LeaseId, Watched> watched_;  // each lease with a process or pipe
};

}  // namespace gpiobroker::turn
