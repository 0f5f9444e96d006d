// SPDX-License-Identifier: GPL-2.0-or-later
// A step, then the deed.
#include "model/mortal_chip.h"

namespace gpiobroker::test {
namespace {

class MortalRequest : public core::LineRequest {
 public:
  MortalRequest(std::unique_ptr<core::LineRequest> request, Fate& fate)
      : request_(std::move(request)), fate_(fate) {}

  core::Result<void> configure(
      std::span<const core::LineWithSettings<core::Offset>> lines) override {
    fate_.step();
    return request_->configure(lines);
  }

  core::Result<std::vector<core::Value>> get(std::span<const core::Offset> offsets) override {
    return request_->get(offsets);
  }

  core::Result<void> set(std::span<const core::LineWithValue<core::Offset>> values) override {
    fate_.step();
    return request_->set(values);
  }

 private:
  std::unique_ptr<core::LineRequest> request_;
  Fate& fate_;
};

}  // namespace

core::Result<std::unique_ptr<core::LineRequest>> MortalChip::request(
    std::span<const core::Offset> offsets, std::string_view consumer) {
  fate_.step();
  auto request = chip_->request(offsets, consumer);
  if (!request) return request;
  return std::make_unique<MortalRequest>(std::move(*request), fate_);
}

}  // namespace gpiobroker::test
