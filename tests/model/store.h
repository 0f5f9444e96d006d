// SPDX-License-Identifier: GPL-2.0-or-later
// A ledger's store that outlives the broker, may be full, and is a step on the way to its death.
#pragma once

#include "core/chip/ledger.h"
#include "model/fate.h"

namespace gpiobroker::test {

class Store : public core::LedgerStore {
 public:
  explicit Store(Fate& fate) : fate_(fate) {}

  core::Result<void> write(const core::LedgerContent& content) override {
    fate_.step();
    if (full) return core::refuse(core::Reason::not_recorded, "ledger", "no space left on device");
    written = content;
    return {};
  }

  core::LedgerContent written;
  bool full = false;

 private:
  Fate& fate_;
};

}  // namespace gpiobroker::test
