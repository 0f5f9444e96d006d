// SPDX-License-Identifier: GPL-2.0-or-later
// The calls that the benchmark times, made by plain sd-bus so that no binding is measured.
#pragma once

#include <memory>
#include <string>

#include "connect.h"

namespace gpiobroker::bench {

/// A connection to the broker. Every call blocks until it is answered; errors throw
/// std::runtime_error with the error's name and message.
class BrokerClient {
 public:
  explicit BrokerClient(const std::string& address);

  /// The connection's unique name.
  [[nodiscard]] std::string name() const;

  void ping();

  /// Leases a line as an output at a level; the lease's path.
  std::string acquire(const std::string& line, int value);
  void release(const std::string& lease);
  void set(const std::string& lease, const std::string& line, int value);
  int get(const std::string& lease, const std::string& line);

  /// The object of a line, and the direction that the kernel reports for it now.
  std::string find_line(const std::string& line);
  std::string direction(const std::string& line_path);

 private:
  using Message = std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)>;

  Message new_call(const char* path, const char* interface, const char* member);
  Message call(const Message& message);

  Bus bus_;
};

}  // namespace gpiobroker::bench
