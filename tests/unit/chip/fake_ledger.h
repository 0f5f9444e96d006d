// SPDX-License-Identifier: GPL-2.0-or-later
// A ledger's store that keeps what was last written, and notes the writing among what chips do.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "core/chip/ledger.h"
#include "support/fake_record.h"

namespace gpiobroker::test {

class FakeLedger : public core::LedgerStore {
 public:
  explicit FakeLedger(std::shared_ptr<FakeRecord> record) : record_(std::move(record)) {}

  core::Result<void> write(const core::LedgerContent& content) override {
    record_->add("ledger of " + std::to_string(content.lines.size()));
    if (full) {
      record_->note_failure();
      return core::refuse(core::Reason::not_recorded, "ledger", "no space left on device");
    }
    written = content;
    return {};
  }

  core::LedgerContent written;
  bool full = false;

 private:
  std::shared_ptr<FakeRecord> record_;
};

}  // namespace gpiobroker::test
