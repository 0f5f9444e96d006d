// SPDX-License-Identifier: GPL-2.0-or-later
// In the bus library's own terms: sdbus-c++ has no way to copy a message whose types it does not
// know.
#include "bus/callers/repeater.h"

#include <array>
#include <string_view>
#include <utility>

#include "bus/wire/errors.h"

namespace gpiobroker::bus {
namespace {

/// A copy of what is in one message, at the end of another.
int copy(sd_bus_message& to, sd_bus_message& from) {
  const int rewound = sd_bus_message_rewind(&from, 1);
  return rewound < 0 ? rewound : sd_bus_message_copy(&to, &from, 1);
}

}  // namespace

bool Repeater::repeats(sd_bus_message& call) {
  constexpr std::array kInterfaces{"org.freedesktop.DBus.Properties",
                                   "org.freedesktop.DBus.Introspectable",
                                   "org.freedesktop.DBus.ObjectManager"};
  const char* interface = sd_bus_message_get_interface(&call);
  if (interface == nullptr) return false;
  for (const std::string_view each : kInterfaces) {
    if (each == interface) return true;
  }
  return false;
}

bool Repeater::made(sd_bus_message& call) const {
  const char* self = nullptr;
  const char* sender = sd_bus_message_get_sender(&call);
  return sender != nullptr && sd_bus_get_unique_name(&bus_, &self) >= 0 &&
         std::string_view(self) == sender && repeats(call);
}

void Repeater::repeat(SdMessage call, Strangers::Room room) {
  under_way_.push_front({.by = this, .call = std::move(call), .room = std::move(room)});
  Repeated& repeated = under_way_.front();
  repeated.self = under_way_.begin();
  if (make(repeated) >= 0) return;
  refuse(*repeated.call, too_many_calls());
  under_way_.pop_front();
}

int Repeater::make(Repeated& repeated) {
  sd_bus_message& call = *repeated.call;
  const char* self = nullptr;
  if (const int named = sd_bus_get_unique_name(&bus_, &self); named < 0) return named;
  sd_bus_message* made = nullptr;
  int done = sd_bus_message_new_method_call(&bus_, &made, self, sd_bus_message_get_path(&call),
                                            sd_bus_message_get_interface(&call),
                                            sd_bus_message_get_member(&call));
  const SdMessage own(made, &sd_bus_message_unref);
  if (done >= 0) done = copy(*made, call);
  if (done < 0) return done;
  sd_bus_slot* slot = nullptr;
  done = sd_bus_call_async(&bus_, &slot, made, on_answer, &repeated, 0);
  repeated.slot.reset(slot);
  return done;
}

int Repeater::on_answer(sd_bus_message* answer, void* repeated, sd_bus_error*) {
  auto& of = *static_cast<Repeated*>(repeated);
  Repeater& self = *of.by;
  self.pass_on(*of.call, *answer);
  self.under_way_.erase(of.self);
  return 0;
}

/// An error that is not the broker's own is the bus's, which has not taken the call.
void Repeater::pass_on(sd_bus_message& call, sd_bus_message& answer) {
  const sd_bus_error* error = sd_bus_message_get_error(&answer);
  const char* self = nullptr;
  const char* sender = sd_bus_message_get_sender(&answer);
  const bool own = sender != nullptr && sd_bus_get_unique_name(&bus_, &self) >= 0 &&
                   std::string_view(self) == sender;
  if (error != nullptr && !own) return refuse(call, too_many_calls());
  if (error != nullptr) {
    return outbox_.note(Outbox::Kind::answer, sd_bus_message_get_member(&call),
                        sd_bus_reply_method_error(&call, error));
  }
  sd_bus_message* made = nullptr;
  int done = sd_bus_message_new_method_return(&call, &made);
  const SdMessage own_answer(made, &sd_bus_message_unref);
  if (done >= 0) done = copy(*made, answer);
  if (done >= 0) done = sd_bus_send(&bus_, made, nullptr);
  outbox_.note(Outbox::Kind::answer, sd_bus_message_get_member(&call), done);
}

void Repeater::refuse(sd_bus_message& call, const sdbus::Error& error) {
  refuse(call, sd_bus_error{error.getName().c_str(), error.getMessage().c_str(), 0});
}

void Repeater::refuse(sd_bus_message& call, const sd_bus_error& error) {
  outbox_.note(Outbox::Kind::answer, sd_bus_message_get_member(&call),
               sd_bus_reply_method_error(&call, &error));
}

}  // namespace gpiobroker::bus
