// SPDX-License-Identifier: GPL-2.0-or-later
// Reads one event after the other, as libgpiod does.
#include "gpio/kernel_info_queue.h"

#include <system_error>
#include <utility>

#include <sys/stat.h>

#include "gpio/errno_reason.h"
#include "gpio/translate.h"

namespace gpiobroker::gpio {
namespace {

using What = core::LineNews::What;

/// How many events are read at once: whoever makes them without end must not have us read without
/// end.
constexpr std::size_t kMostRead = 2 * kInfoQueueRoom;

What what_from(gpiod::info_event::event_type type) {
  switch (type) {
    case gpiod::info_event::event_type::LINE_REQUESTED: return What::requested;
    case gpiod::info_event::event_type::LINE_RELEASED: return What::released;
    case gpiod::info_event::event_type::LINE_CONFIG_CHANGED: return What::configured;
  }
  return What::perhaps;
}

core::LineNews news_from(const gpiod::info_event& event) {
  const gpiod::line_info& info = event.get_line_info();
  const gpiod::line::offset line = info.offset();
  return {.offset = core::Offset{static_cast<unsigned>(line)},
          .what = what_from(event.type()),
          .time = std::chrono::nanoseconds(event.timestamp_ns()),
          .info = from_gpiod(info)};
}

class KernelInfoQueue : public InfoQueue {
 public:
  explicit KernelInfoQueue(const std::filesystem::path& path) : chip_(path) {}

  [[nodiscard]] int fd() const override { return chip_.fd(); }

  // The kernel refuses only what it does already, and all of a chip that is gone
  // (gpiolib-cdev.c, lineinfo_get and lineinfo_unwatch).
  void watch(core::Offset line, bool on) override {
    const gpiod::line::offset offset(line.value);
    try {
      on ? static_cast<void>(chip_.watch_line_info(offset)) : chip_.unwatch_line_info(offset);
    } catch (const std::system_error&) {
      return;
    }
  }

  [[nodiscard]] std::vector<core::LineNews> read() override {
    std::vector<core::LineNews> news;
    try {
      while (news.size() < kMostRead && chip_.wait_info_event(std::chrono::nanoseconds{0})) {
        news.push_back(news_from(chip_.read_info_event()));
      }
    } catch (const std::system_error&) {
      return news;  // the chip is gone, which others find out
    }
    return news;
  }

 private:
  gpiod::chip chip_;
};

bool is_same_device(int one, int other) {
  struct stat first {};
  struct stat second {};
  return fstat(one, &first) == 0 && fstat(other, &second) == 0 && first.st_rdev == second.st_rdev;
}

}  // namespace

core::Result<std::shared_ptr<InfoQueue>> open_info_queue(const gpiod::chip& chip,
                                                         const std::filesystem::path& path) {
  const KernelCall call{Operation::open, path.native()};
  auto queue = ask_kernel(call, [&] { return std::make_shared<KernelInfoQueue>(path); });
  if (!queue) return core::Refused(queue.error());
  if (!is_same_device(chip.fd(), (*queue)->fd())) return refusal(call, ENODEV);
  return std::shared_ptr<InfoQueue>(std::move(*queue));
}

}  // namespace gpiobroker::gpio
