// SPDX-License-Identifier: GPL-2.0-or-later
// Who is about to wait counts itself first, and the kernel compares the number again: a change is
// seen by one or the other.
#include "gpio/futex.h"

#include <cerrno>
#include <climits>
#include <ctime>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace gpiobroker::gpio {
namespace {

long futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value,
           const timespec* longest) {
  static_assert(sizeof word == sizeof value);
  return syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, longest, nullptr, 0);
}

}  // namespace

void Futex::change() {
  ++value_;
  if (waiting_ > 0) futex(value_, FUTEX_WAKE, INT_MAX, nullptr);
}

void Futex::wait(std::uint32_t seen) {
  ++waiting_;
  futex(value_, FUTEX_WAIT, seen, nullptr);
  --waiting_;
}

bool Futex::wait(std::uint32_t seen, std::chrono::milliseconds longest) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(longest);
  const timespec time{.tv_sec = seconds.count(),
                      .tv_nsec = std::chrono::nanoseconds(longest - seconds).count()};
  ++waiting_;
  const bool is_over = futex(value_, FUTEX_WAIT, seen, &time) != 0 && errno == ETIMEDOUT;
  --waiting_;
  return !is_over;
}

}  // namespace gpiobroker::gpio
