// SPDX-License-Identifier: GPL-2.0-or-later
// A queue in which the kernel tells what anybody does to lines of a chip.
#pragma once

#include <cstddef>
#include <vector>

#include "core/chip/line_news.h"

namespace gpiobroker::gpio {

class InfoQueue {
 public:
  InfoQueue() = default;
  InfoQueue(const InfoQueue&) = delete;
  InfoQueue& operator=(const InfoQueue&) = delete;
  virtual ~InfoQueue() = default;

  /// Where to wait for something to read.
  [[nodiscard]] virtual int fd() const = 0;

  /// Has the kernel tell of a line from now on, or no more. A call to the chip, which may take
  /// long; all others are not.
  virtual void watch(core::Offset line, bool on) = 0;

  /// What has come since the last call, without waiting, the oldest first; never `perhaps`.
  [[nodiscard]] virtual std::vector<core::LineNews> read() = 0;
};

/// How many events the kernel keeps in a queue (DECLARE_KFIFO of struct gpio_chardev_data in
/// gpiolib-cdev.c). It drops those that come after, and does not tell.
inline constexpr std::size_t kInfoQueueRoom = 32;

}  // namespace gpiobroker::gpio
