// SPDX-License-Identifier: GPL-2.0-or-later
// Calls that came before their caller was known, made once more.
#pragma once

#include <functional>
#include <list>
#include <memory>

#include <systemd/sd-bus.h>

#include "bus/callers/strangers.h"
#include "bus/wire/outbox.h"

namespace gpiobroker::bus {

using SdMessage = std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)>;

/// What the bus library answers by itself it answers at once or never: a call that is held back
/// cannot be given to it later. So the broker makes the call itself, to itself, and passes the
/// answer on. For calls whose answer is the same whoever makes them: repeats() says which.
class Repeater {
 public:
  /// Both outlive it.
  Repeater(sd_bus& bus, Outbox& outbox) : bus_(bus), outbox_(outbox) {}
  Repeater(const Repeater&) = delete;
  Repeater& operator=(const Repeater&) = delete;
  ~Repeater() = default;

  /// Properties, introspection, and GetManagedObjects.
  [[nodiscard]] static bool repeats(sd_bus_message& call);

  /// Whether a call is the broker's own.
  [[nodiscard]] bool made(sd_bus_message& call) const;

  /// Makes it, and answers it; where it cannot be made now, with an error. It keeps its room until
  /// then.
  void repeat(SdMessage call, Strangers::Room room);

  /// Answers a call that was held back with an error.
  void refuse(sd_bus_message& call, const sdbus::Error& error);
  void refuse(sd_bus_message& call, const sd_bus_error& error);

 private:
  struct Repeated {
    Repeater* by;
    SdMessage call;
    Strangers::Room room;
    std::unique_ptr<sd_bus_slot, decltype(&sd_bus_slot_unref)> slot{nullptr, &sd_bus_slot_unref};
    std::list<Repeated>::iterator self = {};
  };

  static int on_answer(sd_bus_message* answer, void* repeated, sd_bus_error*);
  [[nodiscard]] int make(Repeated& repeated);
  void pass_on(sd_bus_message& call, sd_bus_message& answer);

  sd_bus& bus_;
  Outbox& outbox_;
  std::list<Repeated> under_way_;
};

}  // namespace gpiobroker::bus
