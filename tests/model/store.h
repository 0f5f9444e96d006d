// SPDX-License-Identifier: GPL-2.0-or-later
// A ledger's store that outlives the broker, may be full, and is a point at which that may be
// killed.
#pragma once

#include "core/chip/ledger.h"
#include "model/crash_point.h"

namespace gpiobroker::test {

class Store : public core::LedgerStore {
 public:
  explicit Store(CrashPoint& crash_point) : crash_point_(crash_point) {}

  core::Result<void> write(const core::LedgerContent& content) override {
    crash_point_.pass();
    if (full) return core::refuse(core::Reason::not_recorded, "ledger", "no space left on device");
    written = content;
    return {};
  }

  core::LedgerContent written;
  bool full = false;

 private:
  CrashPoint& crash_point_;
};

}  // namespace gpiobroker::test
