// SPDX-License-Identifier: GPL-2.0-or-later
// Announces what changed, a little later and once: InterfacesAdded, InterfacesRemoved,
// PropertiesChanged.
#pragma once

#include <functional>
#include <set>

#include "core/line/line_id.h"
#include "loop/timer.h"

namespace gpiobroker::bus {

/// Collects changes and hands them over in bursts, at least 20 ms apart: the first at once, after
/// the answer to the call that made it. A lease that came and went between two bursts is not
/// announced at all, so a busy client costs those who watch no more than an idle one.
class Announcer {
 public:
  struct PendingSignals {
    std::set<core::LeaseId> granted;
    std::set<core::LeaseId> changed;
    std::set<core::LeaseId> ended;
    std::set<core::LineId> lines;
    bool quarantine = false;
  };

  Announcer(loop::EventLoop& loop, std::function<void(const PendingSignals&)> announce);

  void granted(core::LeaseId lease);
  void changed(core::LeaseId lease);
  void ended(core::LeaseId lease);
  void line_changed(core::LineId line);
  void quarantine_changed();

  /// Hands over what there is now.
  void flush();

 private:
  void schedule();

  loop::EventLoop& loop_;
  std::function<void(const PendingSignals&)> announce_;
  loop::Timer timer_;
  PendingSignals pending_;
  bool scheduled_ = false;
  std::chrono::nanoseconds last_burst_{0};
};

}  // namespace gpiobroker::bus
