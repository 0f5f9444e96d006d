// SPDX-License-Identifier: GPL-2.0-or-later
// A point at which the broker may be killed, then what it does.
#include "model/crashing_chip.h"

namespace gpiobroker::test {
namespace {

class CrashingRequest : public core::LineRequest {
 public:
  CrashingRequest(std::unique_ptr<core::LineRequest> request, CrashPoint& crash_point)
      : request_(std::move(request)), crash_point_(crash_point) {}

  core::Result<void> configure(
      std::span<const core::LineWithSettings<core::Offset>> lines) override {
    crash_point_.pass();
    return request_->configure(lines);
  }

  core::Result<std::vector<core::Value>> get(std::span<const core::Offset> offsets) override {
    return request_->get(offsets);
  }

  core::Result<void> set(std::span<const core::LineWithValue<core::Offset>> values) override {
    crash_point_.pass();
    return request_->set(values);
  }

  core::Result<int> hand_out() override {
    crash_point_.pass();
    return request_->hand_out();
  }

 private:
  std::unique_ptr<core::LineRequest> request_;
  CrashPoint& crash_point_;
};

}  // namespace

core::Result<std::unique_ptr<core::LineRequest>> CrashingChip::request(
    std::span<const core::Offset> offsets, std::string_view consumer) {
  crash_point_.pass();
  auto request = chip_->request(offsets, consumer);
  if (!request) return request;
  return std::make_unique<CrashingRequest>(std::move(*request), crash_point_);
}

}  // namespace gpiobroker::test
