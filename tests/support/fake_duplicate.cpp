// SPDX-License-Identifier: GPL-2.0-or-later
// Calls the kernel's end, past what is recorded of the broker and what fails for it.
#include "support/fake_duplicate.h"

namespace gpiobroker::test {

core::Result<void> FakeDuplicate::set(core::Offset line, core::Value value) {
  const core::LineWithValue<core::Offset> wanted{line, value};
  return request_->operations().set(std::span(&wanted, 1));
}

core::Result<void> FakeDuplicate::configure(core::Offset line, const core::LineSettings& settings) {
  std::vector<core::LineWithSettings<core::Offset>> setups;
  for (const core::Offset each : request_->lines()) {
    setups.push_back({each, each == line ? settings : core::LineSettings{}});
  }
  auto done = request_->operations().configure(setups);
  if (done) request_->state().tell(line, core::LineNews::What::configured);
  return done;
}

std::vector<core::Offset> FakeDuplicate::lines() const {
  return request_ == nullptr ? std::vector<core::Offset>{} : request_->lines();
}

}  // namespace gpiobroker::test
