// SPDX-License-Identifier: GPL-2.0-or-later
// What every call passes before an object sees it: its caller's quota.
#pragma once

#include <functional>
#include <memory>

#include <systemd/sd-bus.h>

#include "bus/callers.h"
#include "bus/calls.h"
#include "loop/event_loop.h"

namespace gpiobroker::bus {

/// Counts calls as they come from the bus: those that the bus library answers by itself
/// (properties, introspection, GetManagedObjects), those that it refuses, and all others. A call
/// for all objects counts as one for each of them, because that is the work that it makes.
///
/// Clients that the bus has not told of yet have one budget together for what the library answers;
/// what the broker itself does for them waits for the bus's answer, and is counted then (Calls).
class CallGate {
 public:
  struct Hooks {
    /// Whether the caller may make a call now that counts as so many.
    std::function<core::Result<void>(const core::Holder&, std::uint32_t cost)> admit;
    std::function<void(const core::Holder&, const Calls::Refused&)> refused;
    std::function<std::size_t()> object_count;
  };

  /// The connection outlives it.
  CallGate(sd_bus& bus, loop::EventLoop& loop, Callers& callers, Hooks hooks);
  CallGate(const CallGate&) = delete;
  CallGate& operator=(const CallGate&) = delete;
  ~CallGate() = default;

 private:
  static int on_message(sd_bus_message* message, void* self, sd_bus_error* error);
  bool lets_through(sd_bus_message* call, sd_bus_error* error);
  bool admits(const core::Holder& caller, sd_bus_message* call, sd_bus_error* error);
  bool admits_stranger(const core::ClientName& client, sd_bus_message* call, sd_bus_error* error);
  [[nodiscard]] std::uint32_t cost_of(sd_bus_message* call) const;

  loop::EventLoop& loop_;
  Callers& callers_;
  Hooks hooks_;
  std::unique_ptr<sd_bus_slot, decltype(&sd_bus_slot_unref)> filter_{nullptr, &sd_bus_slot_unref};
};

}  // namespace gpiobroker::bus
