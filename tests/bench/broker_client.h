// SPDX-License-Identifier: GPL-2.0-or-later
// The calls of the broker that the benchmark times.
#pragma once

#include <string>

#include "bus_client.h"
#include "harness/file_descriptor.h"

namespace gpiobroker::bench {

/// A connection to the broker. Errors throw as those of BusClient.
class BrokerClient {
 public:
  explicit BrokerClient(const std::string& address) : bus_(address) {}

  [[nodiscard]] const BusClient& bus() const { return bus_; }

  void ping() const;

  /// Leases a line as an output at a level; the lease's path.
  [[nodiscard]] std::string acquire(const std::string& line, int value) const;

  /// Leases a line as an input with both edges; the lease's path.
  [[nodiscard]] std::string acquire_edges(const std::string& line) const;

  /// Leases a line directly, as an output or as an input with both edges: a duplicate of the
  /// kernel's request, which lives as long as this client. Throws also where the broker does not
  /// know of such leases.
  enum class DirectUse { output, edges };
  [[nodiscard]] test::FileDescriptor open_direct(const std::string& line, DirectUse use) const;

  void release(const std::string& lease) const;
  void set(const std::string& lease, const std::string& line, int value) const;
  [[nodiscard]] int get(const std::string& lease, const std::string& line) const;

  /// The object of a line, and the direction that the kernel reports for it now.
  [[nodiscard]] std::string find_line(const std::string& line) const;
  [[nodiscard]] std::string direction(const std::string& line_path) const;

 private:
  BusClient bus_;
};

/// Where a lease's methods are called.
[[nodiscard]] Target lease_at(const std::string& path);

}  // namespace gpiobroker::bench
