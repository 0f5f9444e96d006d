// SPDX-License-Identifier: GPL-2.0-or-later
// Tells which kernel requests have edges to read, by the event loop.
#pragma once

#include <functional>

#include "gpio/edge_source.h"
#include "loop/event_loop.h"

namespace gpiobroker::app {

class LoopEdgeSource : public gpio::EdgeSource {
 public:
  explicit LoopEdgeSource(loop::EventLoop& loop) : loop_(loop) {}

  /// Who reads; edges of before are not read.
  void connect(std::function<void(core::RequestId)> read) { read_ = std::move(read); }

  [[nodiscard]] std::optional<std::uint64_t> turn() const override { return loop_.turn(); }
  Watch watch(int fd, std::function<void()> readable) override;
  void edges_ready(core::RequestId request) override;

 private:
  loop::EventLoop& loop_;
  std::function<void(core::RequestId)> read_;
};

}  // namespace gpiobroker::app
