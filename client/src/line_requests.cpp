// SPDX-License-Identifier: LGPL-2.1-or-later
// Each function is one system call, and a look at why where that fails.
#include "src/line_requests.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace gpiobroker::detail {
namespace {

constexpr int kNotSupportedByDriver =
    524;  // ENOTSUPP, which the kernel's headers keep to themselves

std::string in_words(const char* what, int number) {
  return std::string("cannot ") + what + ": " + std::generic_category().message(number);
}

Error to_error(const char* what, int number) {
  switch (number) {
    case EPERM:
      return {"NotAnOutput",
              "the line is no output: it was made an input, or the lease is over, "
              "which check() tells"};
    case ENODEV: return {"ChipGone", in_words(what, number)};
    case EINVAL: return {"InvalidSetting", in_words(what, number)};
    case EOPNOTSUPP:
    case kNotSupportedByDriver: return {"Unsupported", in_words(what, number)};
    default: return {"HardwareFailure", in_words(what, number)};
  }
}

sdbus::UnixFd open(const char* what, int fd) {
  if (fd < 0) throw Error("HardwareFailure", in_words(what, errno));
  return {fd, sdbus::adopt_fd};
}

}  // namespace

LineRequests::LineRequests(std::vector<sdbus::UnixFd> requests)
    : requests_(std::move(requests)),
      harmless_(open("open an event counter", eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))),
      end_(open("open an event counter", eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))),
      events_(open("open an epoll", epoll_create1(EPOLL_CLOEXEC))),
      owner_(getpid()) {
  watch(end_.get());
  for (const sdbus::UnixFd& request : requests_) {
    const int flags = fcntl(request.get(), F_GETFL);
    if (fcntl(request.get(), F_SETFL, flags | O_NONBLOCK) != 0 ||
        fcntl(request.get(), F_SETFD, FD_CLOEXEC) != 0) {
      fail("prepare a request", errno);
    }
    watch(request.get());
  }
}

void LineRequests::watch(int fd) const {
  epoll_event event{};
  event.events = EPOLLIN;
  if (epoll_ctl(events_.get(), EPOLL_CTL_ADD, fd, &event) != 0) fail("wait for edges", errno);
}

void LineRequests::set(std::size_t request, std::uint64_t bits, std::uint64_t mask) const {
  gpio_v2_line_values values{.bits = bits, .mask = mask};
  if (ioctl(of(request), GPIO_V2_LINE_SET_VALUES_IOCTL, &values) != 0) fail("set lines", errno);
}

std::uint64_t LineRequests::get(std::size_t request, std::uint64_t mask) const {
  gpio_v2_line_values values{.bits = 0, .mask = mask};
  if (ioctl(of(request), GPIO_V2_LINE_GET_VALUES_IOCTL, &values) != 0) fail("read lines", errno);
  return values.bits;
}

void LineRequests::configure(std::size_t request, gpio_v2_line_config config) const {
  if (ioctl(of(request), GPIO_V2_LINE_SET_CONFIG_IOCTL, &config) != 0) {
    fail("configure lines", errno);
  }
}

std::size_t LineRequests::read(std::size_t request, std::span<gpio_v2_line_event> room) const {
  const ssize_t length = ::read(of(request), room.data(), room.size_bytes());
  if (length >= 0) return static_cast<std::size_t>(length) / sizeof(gpio_v2_line_event);
  if (errno != EAGAIN && errno != EINTR) fail("read edges", errno);
  check();
  return 0;
}

// An epoll, because who waits in poll(2) holds the files that it waits for: a request would be held
// beyond its last descriptor.
void LineRequests::wait(std::chrono::milliseconds time) const {
  constexpr std::chrono::milliseconds kLongest{std::numeric_limits<int>::max()};
  const int milliseconds =
      time.count() < 0 ? -1 : static_cast<int>(std::min(time, kLongest).count());
  epoll_event event{};
  if (epoll_wait(events_.get(), &event, 1, milliseconds) < 0 && errno != EINTR) {
    fail("wait for edges", errno);
  }
  check();
}

void LineRequests::let_go(const Error& why) {
  if (over_.load()) return;
  why_ = why;
  over_.store(true);
  const bool is_child = getpid() != owner_;
  for (const sdbus::UnixFd& request : requests_) {
    // The broker has the same files, so the epoll would go on to tell of them.
    if (!is_child) epoll_ctl(events_.get(), EPOLL_CTL_DEL, request.get(), nullptr);
    while (dup3(harmless_.get(), request.get(), O_CLOEXEC) < 0 &&
           (errno == EINTR || errno == EBUSY)) {
    }
  }
  if (!is_child) eventfd_write(end_.get(), 1);
}

void LineRequests::check() const {
  if (over_.load()) throw Error(*why_);
}

/// What failed after the end failed because of it.
void LineRequests::fail(const char* what, int number) const {
  check();
  throw to_error(what, number);
}

}  // namespace gpiobroker::detail
