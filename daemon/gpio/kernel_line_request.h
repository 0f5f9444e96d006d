// SPDX-License-Identifier: GPL-2.0-or-later
// Lines held by a request to the kernel, through libgpiod.
#pragma once

#include <optional>
#include <string>

#include <gpiod.hpp>

#include "core/chip/chip.h"
#include "gpio/errno_reason.h"
#include "gpio/own_holds.h"

namespace gpiobroker::gpio {

/// May outlive the chip that it was made by. Edges may be read in another thread than the one that
/// makes all other calls: they are read from the descriptor and nothing else.
class KernelLineRequest : public core::LineRequest {
 public:
  KernelLineRequest(std::string chip_name, gpiod::line_request request, OwnHold hold)
      : chip_name_(std::move(chip_name)), hold_(std::move(hold)), request_(std::move(request)) {}
  KernelLineRequest(const KernelLineRequest&) = delete;
  KernelLineRequest& operator=(const KernelLineRequest&) = delete;
  ~KernelLineRequest() override { hold_.closing(); }

  /// Where to wait for edges.
  [[nodiscard]] int fd() const { return request_.fd(); }

  core::Result<void> configure(
      std::span<const core::LineWithSettings<core::Offset>> lines) override;

  /// A line that is named twice is answered twice.
  core::Result<std::vector<core::Value>> get(std::span<const core::Offset> offsets) override;

  /// Of a line that is named twice the last value counts.
  core::Result<void> set(std::span<const core::LineWithValue<core::Offset>> values) override;

  core::Result<std::vector<core::LineEdge>> read_edges() override;

  core::Result<int> hand_out() override { return request_.fd(); }

 private:
  [[nodiscard]] core::Result<void> check_count(const KernelCall& call) const;

  std::string chip_name_;
  OwnHold hold_;  // until the request is closed
  gpiod::line_request request_;
  std::optional<gpiod::edge_event_buffer> buffer_;  // once edges are read
};

}  // namespace gpiobroker::gpio
