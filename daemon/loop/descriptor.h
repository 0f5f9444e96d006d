// SPDX-License-Identifier: GPL-2.0-or-later
// Owns an open file descriptor.
#pragma once

#include <utility>

#include <unistd.h>

namespace gpiobroker::loop {

class Descriptor {
 public:
  /// Closes it when this ends.
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }

  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace gpiobroker::loop
