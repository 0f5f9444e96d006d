// SPDX-License-Identifier: GPL-2.0-or-later
// Tells which kernel requests have edges to read, and which chips news, by the event loop.
#pragma once

#include <functional>

#include "gpio/edge_source.h"
#include "loop/event_loop.h"

namespace gpiobroker::app {

class LoopEdgeSource : public gpio::EdgeSource {
 public:
  explicit LoopEdgeSource(loop::EventLoop& loop) : loop_(loop) {}

  struct Readers {
    std::function<void(core::RequestId)> edges;
    std::function<void(core::ChipId)> news;
  };

  /// Who reads; what came before is not read.
  void connect(Readers readers) { readers_ = std::move(readers); }

  [[nodiscard]] std::optional<std::uint64_t> turn() const override { return loop_.turn(); }
  Watch watch(int fd, std::function<void()> readable) override;
  void edges_ready(core::RequestId request) override;
  void news_ready(core::ChipId chip) override;

 private:
  loop::EventLoop& loop_;
  Readers readers_;
};

}  // namespace gpiobroker::app
