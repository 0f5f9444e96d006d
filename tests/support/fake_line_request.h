// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of a fake chip, held.
#pragma once

#include <memory>
#include <vector>

#include "support/fake_kernel_request.h"

namespace gpiobroker::test {

class FakeLineRequest : public core::LineRequest {
 public:
  /// Records what is done through the request, which does the work.
  FakeLineRequest(std::shared_ptr<FakeState> state, std::shared_ptr<FakeKernelRequest> request)
      : state_(std::move(state)), request_(std::move(request)) {}
  FakeLineRequest(const FakeLineRequest&) = delete;
  FakeLineRequest& operator=(const FakeLineRequest&) = delete;
  ~FakeLineRequest() override;

  core::Result<void> configure(
      std::span<const core::LineWithSettings<core::Offset>> lines) override;
  core::Result<std::vector<core::Value>> get(std::span<const core::Offset> offsets) override;
  core::Result<void> set(std::span<const core::LineWithValue<core::Offset>> values) override;
  core::Result<std::vector<core::LineEdge>> read_edges() override;
  core::Result<int> hand_out() override;

 private:
  [[nodiscard]] std::string words_for_setups(
      std::span<const core::LineWithSettings<core::Offset>> lines) const;

  std::shared_ptr<FakeState> state_;
  std::shared_ptr<FakeKernelRequest> request_;
  bool is_handed_out_ = false;
};

}  // namespace gpiobroker::test
