// SPDX-License-Identifier: GPL-2.0-or-later
// What every call passes before it is taken apart: its size, and its caller's quota.
#pragma once

#include <functional>
#include <memory>
#include <set>

#include <systemd/sd-bus.h>

#include "bus/callers/callers.h"
#include "bus/callers/calls.h"
#include "bus/callers/repeater.h"
#include "bus/callers/strangers.h"
#include "bus/callers/unread.h"
#include "bus/callers/untold_refusals.h"
#include "loop/event_loop.h"

namespace gpiobroker::bus {

/// Counts calls as they come from the bus: those that the bus library answers by itself
/// (properties, introspection, GetManagedObjects), those that it refuses, and all others. A call
/// for all objects counts as one for each of them, because that is the work that it makes, and one
/// that brings much as several. One that brings more than its method is for is refused before
/// anything is made of it.
///
/// A client that the bus has not told of yet pays when it has. What the broker itself does for it
/// waits until then (Calls). What the library answers is answered at once as long as the new
/// clients of all users together do not ask for too much; else it waits, and is called again then
/// (Repeater), as does what has a long answer. So each user pays for its own calls, and nobody is
/// refused for another's. What waits is bounded (Strangers).
///
/// Who has no budget left is refused before its call is looked at, and so is a client that is not
/// known yet and has sent what is too large.
///
/// Signals of clients go no further: nobody here hears them, and the bus library would look at
/// every byte of one that says it is the bus's before it knew that.
///
/// Who does not read what it was answered is answered no more (Unread), nor is anybody while the
/// bus takes nothing from the broker.
class CallGate {
 public:
  struct Hooks {
    /// Whether the caller may make a call now that counts as so many.
    std::function<core::Result<void>(const core::Client&, std::uint32_t cost)> admit;
    std::function<void(const core::Client&, const Calls::Refused&)> refused;
    std::function<std::size_t()> object_count;
    Unread::Ask ask_for_unread;
  };

  /// What a call may bring, in bytes: of a method that takes lists of lines, and of all others. A
  /// request for 64 lines of each of four chips, each with settings of its own, has about 60 KiB.
  static constexpr std::size_t kMostOfLists = std::size_t{128} * 1024;
  static constexpr std::size_t kMost = std::size_t{8} * 1024;

  /// The connection outlives it.
  CallGate(sd_bus& bus, loop::EventLoop& loop, Callers& callers, Outbox& outbox, Hooks hooks);
  CallGate(const CallGate&) = delete;
  CallGate& operator=(const CallGate&) = delete;
  ~CallGate() = default;

  /// A client is gone.
  void forget(const core::ClientName& client);

 private:
  struct Incoming {
    sd_bus_message& message;
    core::ClientName client;
    std::size_t most = 0;  // that it may bring
    std::size_t size = 0;  // that it brings
    std::uint32_t cost = 0;
    std::size_t answer = 0;  // its size in bytes, about
  };

  static int on_message(sd_bus_message* message, void* self, sd_bus_error* error);
  bool lets_through(sd_bus_message& message, sd_bus_error* error);
  bool may_be_answered(const core::Client& caller, const Incoming& call, sd_bus_error* error);
  bool admits(const core::Client& caller, const Incoming& call, sd_bus_error* error);
  bool admits_stranger(const Incoming& call, sd_bus_error* error);
  void pay_later(const Incoming& call, std::uint32_t cost, Strangers::Room room);
  bool may_be_answered_at_once(const Incoming& call);
  bool waits(const Incoming& call);
  void make_again(const core::Client* caller, const Incoming& call, SdMessage kept,
                  Strangers::Room room);
  void refuse(const core::Client& caller, const Incoming& call, const sdbus::Error& refusal,
              sd_bus_error* error);
  void refuse_stranger(const Incoming& call, const sdbus::Error& refusal, sd_bus_error* error);
  [[nodiscard]] bool is_stuck(const Incoming& call) const;
  [[nodiscard]] Incoming measure(sd_bus_message& message, const core::ClientName& client) const;
  [[nodiscard]] Incoming unmeasured(sd_bus_message& message, const core::ClientName& client) const;

  sd_bus& bus_;
  loop::EventLoop& loop_;
  Callers& callers_;
  Hooks hooks_;
  Strangers strangers_;
  Unread unread_;
  Repeater repeater_;
  UntoldRefusals untold_;
  std::set<core::ClientName> sent_too_large_;  // clients that were not known when they did
  std::unique_ptr<sd_bus_slot, decltype(&sd_bus_slot_unref)> filter_{nullptr, &sd_bus_slot_unref};
};

}  // namespace gpiobroker::bus
