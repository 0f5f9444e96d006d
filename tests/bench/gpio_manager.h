// SPDX-License-Identifier: GPL-2.0-or-later
// libgpiod's D-Bus daemon, and the calls of its interface io.gpiod1.
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

#include "bus_client.h"
#include "samples.h"

namespace gpiobroker::bench {

/// The daemon, as long as this lives.
class GpioManager {
 public:
  /// Starts it on this bus, and waits for its name. Throws std::runtime_error if it ends before.
  GpioManager(const std::string& program, const std::string& address);
  GpioManager(const GpioManager&) = delete;
  GpioManager& operator=(const GpioManager&) = delete;
  ~GpioManager();

 private:
  pid_t daemon_;
};

/// A client of it that uses one line. Errors throw as those of BusClient.
class GpioManagerClient {
 public:
  /// `chip` is its name, such as "gpiochip0".
  GpioManagerClient(const std::string& address, std::string chip, unsigned offset);

  void ping() const;

  /// Requests the line as an output, or as an input with both edges; the request's path.
  [[nodiscard]] std::string request_output(int value) const;
  [[nodiscard]] std::string request_edges() const;

  void release(const std::string& request) const;
  void set(const std::string& request, int value) const;
  [[nodiscard]] int get(const std::string& request) const;

  /// Waits for the signal of an edge: how long ago that was, by the kernel's time of it.
  [[nodiscard]] Microseconds wait_edge();

 private:
  static int on_edge(sd_bus_message* message, void* self, sd_bus_error* error);
  [[nodiscard]] std::string chip_path() const;

  BusClient bus_;
  std::string chip_;
  unsigned offset_;
  std::optional<Microseconds> late_;  // how long ago the edge was that has come
};

}  // namespace gpiobroker::bench
