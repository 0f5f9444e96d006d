// SPDX-License-Identifier: GPL-2.0-or-later
// A request of a fake chip as its kernel has it.
#pragma once

#include <memory>
#include <vector>

#include "support/fake_state.h"

namespace gpiobroker::test {

/// Lives as long as somebody has a descriptor of it: the broker, or who was given a duplicate.
class FakeKernelRequest {
 public:
  FakeKernelRequest(std::shared_ptr<FakeState> state, std::unique_ptr<core::LineRequest> request,
                    std::vector<core::Offset> lines)
      : state_(std::move(state)), request_(std::move(request)), lines_(std::move(lines)) {}
  FakeKernelRequest(const FakeKernelRequest&) = delete;
  FakeKernelRequest& operator=(const FakeKernelRequest&) = delete;

  /// Gives the lines back, and tells of those that are watched apart.
  ~FakeKernelRequest();

  /// Does the work.
  [[nodiscard]] core::LineRequest& operations() { return *request_; }

  [[nodiscard]] FakeState& state() { return *state_; }
  [[nodiscard]] const std::vector<core::Offset>& lines() const { return lines_; }

 private:
  std::shared_ptr<FakeState> state_;
  std::unique_ptr<core::LineRequest> request_;
  std::vector<core::Offset> lines_;
};

}  // namespace gpiobroker::test
