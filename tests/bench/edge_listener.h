// SPDX-License-Identifier: GPL-2.0-or-later
// A client of the broker that hears of edges.
#pragma once

#include <optional>
#include <string>

#include "broker_client.h"
#include "samples.h"

namespace gpiobroker::bench {

/// Leases a line of its own. Errors throw as those of BusClient.
class EdgeListener {
 public:
  EdgeListener(const std::string& address, const std::string& line);
  EdgeListener(const EdgeListener&) = delete;
  EdgeListener& operator=(const EdgeListener&) = delete;
  ~EdgeListener();

  /// Has edges sent as signals from now on.
  void watch();

  /// Waits for the signal of an edge: how long ago that was, by the kernel's time of it.
  [[nodiscard]] Microseconds wait_signal();

  /// Waits until the broker's question has come whether the signal was read, and answers it: the
  /// next edge is not to wait for that.
  void answer_question();

  /// Calls WaitForEdges; returns once the broker has the call.
  void call();

  /// Waits for the call's answer: how long ago the edge was.
  [[nodiscard]] Microseconds wait_answer();

 private:
  static int on_edges(sd_bus_message* message, void* self, sd_bus_error* error);
  static int on_message(sd_bus_message* message, void* self, sd_bus_error* error);
  [[nodiscard]] Microseconds wait();

  BrokerClient client_;
  std::string lease_;
  std::optional<Microseconds> late_;  // how long ago the edge was that has come
  bool was_asked_ = false;
};

}  // namespace gpiobroker::bench
