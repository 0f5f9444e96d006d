// SPDX-License-Identifier: GPL-2.0-or-later
// Gives the lines back, then tells of it.
#include "support/fake_kernel_request.h"

namespace gpiobroker::test {

FakeKernelRequest::~FakeKernelRequest() {
  if (state_->stops_driving_on_release) {
    for (const core::Offset line : lines_) {
      state_->lines->configure(line, {.direction = core::Direction::input});
    }
  }
  request_.reset();
  for (const core::Offset line : lines_) {
    if (state_->apart.contains(line)) state_->tell(line, core::LineNews::What::released);
  }
}

}  // namespace gpiobroker::test
