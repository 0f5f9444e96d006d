// SPDX-License-Identifier: GPL-2.0-or-later
// What chips need of the daemon's event loop: edges and news are read when they come, pins once a
// turn.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "core/chip/chip.h"

namespace gpiobroker::gpio {

class EdgeSource {
 public:
  /// Watches as long as it lives.
  using Watch = std::shared_ptr<void>;

  EdgeSource() = default;
  EdgeSource(const EdgeSource&) = delete;
  EdgeSource& operator=(const EdgeSource&) = delete;
  virtual ~EdgeSource() = default;

  /// Calls back as long as there is something to read from the descriptor, and until its other
  /// side is gone.
  virtual Watch watch(int fd, std::function<void()> readable) = 0;

  /// The number of the turn that the loop is in, or nothing while it does not run.
  [[nodiscard]] virtual std::optional<std::uint64_t> turn() const = 0;

  /// The request of that id has edges to read (core::LineRequest::id()).
  virtual void edges_ready(core::RequestId request) = 0;

  /// The chip of that id has news of its lines to read (core::Chip::id()).
  virtual void news_ready(core::ChipId chip) = 0;
};

}  // namespace gpiobroker::gpio
