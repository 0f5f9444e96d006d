// SPDX-License-Identifier: GPL-2.0-or-later
// An owned file descriptor, and pipes of two.
#pragma once

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace gpiobroker::test {

/// Throws std::system_error with errno for -1; passes anything else on.
template <class Integer>
Integer checked(Integer result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileDescriptor() { close(); }

  [[nodiscard]] int get() const { return fd_; }

  void close() {
    if (fd_ != -1) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_ = -1;
};

/// A pipe whose ends programs do not inherit unless they are given them.
struct Pipe {
  Pipe() {
    int ends[2];
    checked(pipe2(ends, O_CLOEXEC), "pipe2");
    reader = FileDescriptor(ends[0]);
    writer = FileDescriptor(ends[1]);
  }

  FileDescriptor reader;
  FileDescriptor writer;
};

}  // namespace gpiobroker::test
