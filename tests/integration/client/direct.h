// SPDX-License-Identifier: GPL-2.0-or-later
// A client that drives lines by descriptors of kernel requests.
#pragma once

#include <string>
#include <vector>

#include "client/connection.h"

namespace gpiobroker::test_client {

/// What a client was given by Lease.OpenDirect. All calls to the kernel return 0 or an errno.
class Direct {
 public:
  /// Opens a lease: the lines of each request as the broker names them, or the error.
  Json open(Connection& connection, const std::string& lease);

  /// Closes all descriptors.
  void close();

  [[nodiscard]] int set(const std::string& line, int value) const;
  [[nodiscard]] int get(const std::string& line) const;  ///< the level, or -errno

  /// Makes a line an output, or an input, and leaves the others of its request as they are.
  [[nodiscard]] int drive(const std::string& line, int value) const;
  [[nodiscard]] int make_input(const std::string& line, std::uint64_t more_flags = 0) const;

  /// The next edge of a request, which is waited for: 1 rising, 2 falling; or -errno.
  [[nodiscard]] int read_edge(const std::string& line) const;

  /// Drives a line high and low without end, until SIGKILL comes by a timer. `configures`: by
  /// making it an input and an output.
  [[noreturn]] void toggle_until_killed(const std::string& line, unsigned microseconds,
                                        bool configures) const;

  /// Forks: the child has these descriptors and nothing else that the client has, and tries to
  /// drive the line, again and again if so. Returns its process id.
  [[nodiscard]] pid_t leave_a_child(const std::string& line, bool drives) const;

 private:
  struct Request {
    std::vector<std::string> lines;
    int fd = -1;
  };
  struct Place {
    int fd = -1;
    std::uint64_t bit = 0;
  };

  [[nodiscard]] Place place_of(const std::string& line) const;
  [[nodiscard]] int configure(const std::string& line, std::uint64_t flags, int value) const;

  std::vector<Request> requests_;
};

/// Has the kernel send SIGKILL to this process.
void have_the_kernel_kill_us_in(unsigned microseconds);

}  // namespace gpiobroker::test_client
