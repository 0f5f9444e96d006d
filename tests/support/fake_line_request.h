// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of a fake chip, held.
#pragma once

#include <memory>
#include <vector>

#include "support/fake_state.h"

namespace gpiobroker::test {

class FakeLineRequest : public core::LineRequest {
 public:
  /// Records what is done through the request, which does the work.
  FakeLineRequest(std::shared_ptr<FakeState> state, std::unique_ptr<core::LineRequest> request,
                  std::vector<core::Offset> lines)
      : state_(std::move(state)), request_(std::move(request)), lines_(std::move(lines)) {}
  FakeLineRequest(const FakeLineRequest&) = delete;
  FakeLineRequest& operator=(const FakeLineRequest&) = delete;
  ~FakeLineRequest() override;

  core::Result<void> configure(
      std::span<const core::LineWithSettings<core::Offset>> lines) override;
  core::Result<std::vector<core::Value>> get(std::span<const core::Offset> offsets) override;
  core::Result<void> set(std::span<const core::LineWithValue<core::Offset>> values) override;
  core::Result<std::vector<core::LineEdge>> read_edges() override { return request_->read_edges(); }

 private:
  [[nodiscard]] std::string words_for_setups(
      std::span<const core::LineWithSettings<core::Offset>> lines) const;

  std::shared_ptr<FakeState> state_;
  std::unique_ptr<core::LineRequest> request_;
  std::vector<core::Offset> lines_;
};

}  // namespace gpiobroker::test
