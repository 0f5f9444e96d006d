// SPDX-License-Identifier: GPL-2.0-or-later
// Watches descriptors of requests and chips, and tells the readers whose is ready.
#include "app/loop_edge_source.h"

#include "loop/read_watch.h"

namespace gpiobroker::app {

gpio::EdgeSource::Watch LoopEdgeSource::watch(int fd, std::function<void()> readable) {
  return std::make_shared<loop::ReadWatch>(loop_, fd, std::move(readable));
}

void LoopEdgeSource::edges_ready(core::RequestId request) {
  if (readers_.edges) readers_.edges(request);
}

void LoopEdgeSource::news_ready(core::ChipId chip) {
  if (readers_.news) readers_.news(chip);
}

}  // namespace gpiobroker::app
