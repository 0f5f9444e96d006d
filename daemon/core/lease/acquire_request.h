// SPDX-License-Identifier: GPL-2.0-or-later
// What a client asks for when it asks for a lease.
#pragma once

#include <string>
#include <vector>

#include "core/lease/access.h"
#include "core/lease/client.h"
#include "core/lease/edge_queue.h"
#include "core/lease/lifetime.h"
#include "core/line/line_with_settings.h"

namespace gpiobroker::core {

struct AcquireRequest {
  std::vector<LineWithSettings<std::string>> lines;
  std::string consumer;  ///< label in the kernel; empty: the broker makes one from the holder
  Lifetime lifetime = {};
  Instant wait{0};  ///< how long to wait for lines that others have; 0: not at all
  Access access = Access::exclusive;
  bool unobserved = false;            ///< nobody may observe the lines
  bool direct = false;                ///< by kernel requests of its own, to be opened directly
  bool take_from_peripheral = false;  ///< also lines whose pins serve a peripheral
  std::size_t event_capacity = EdgeQueue::kDefaultCapacity;  ///< 1 to EdgeQueue::kMostCapacity
  Instant edge_timeout{0};  ///< tell of lines without an edge for so long; 0: do not
};

}  // namespace gpiobroker::core
