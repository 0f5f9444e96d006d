// SPDX-License-Identifier: GPL-2.0-or-later
// Watches the descriptor of each request, and tells the reader which request is ready.
#include "app/loop_edge_source.h"

#include "loop/read_watch.h"

namespace gpiobroker::app {

gpio::EdgeSource::Watch LoopEdgeSource::watch(int fd, std::function<void()> readable) {
  return std::make_shared<loop::ReadWatch>(loop_, fd, std::move(readable));
}

void LoopEdgeSource::edges_ready(core::RequestId request) {
  if (read_) read_(request);
}

}  // namespace gpiobroker::app
