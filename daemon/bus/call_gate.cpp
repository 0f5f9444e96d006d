// SPDX-License-Identifier: GPL-2.0-or-later
// A filter of sd-bus, which sdbus-c++ has none of. An error that it sets is the call's answer.
#include "bus/call_gate.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "bus/errors.h"
#include "bus/message_size.h"
#include "org.gpiobroker1.Lease_adaptor.h"
#include "org.gpiobroker1.Manager_adaptor.h"

namespace gpiobroker::bus {
namespace {

constexpr int kGoOn = 0;
constexpr int kAnswered = 1;
constexpr std::size_t kBytesOfACall = 4096;  // that a call brings before it counts as two

std::string_view word(const char* text) {
  return text == nullptr ? "" : text;
}

std::string_view member_of(sd_bus_message& call) {
  return word(sd_bus_message_get_member(&call));
}

/// Whether it waits until its caller is known, and is counted then.
bool is_carried_out_by_calls(sd_bus_message& call) {
  const std::string_view interface = word(sd_bus_message_get_interface(&call));
  return interface == org::gpiobroker1::Manager_adaptor::INTERFACE_NAME ||
         interface == org::gpiobroker1::Lease_adaptor::INTERFACE_NAME;
}

bool takes_lists(sd_bus_message& call) {
  constexpr std::array<std::string_view, 9> kMethods{
      "AcquireLines", "AcquireLinesEach", "ReleaseLines", "ReadLines", "ExplainPolicy",
      "GetValues",    "SetValues",        "Reconfigure",  "Release"};
  return is_carried_out_by_calls(call) &&
         std::ranges::find(kMethods, member_of(call)) != kMethods.end();
}

bool wants_all_objects(sd_bus_message& call) {
  return sd_bus_message_is_method_call(&call, "org.freedesktop.DBus.ObjectManager",
                                       "GetManagedObjects") > 0;
}

void set(sd_bus_error* error, const sdbus::Error& to) {
  sd_bus_error_set(error, to.getName().c_str(), to.getMessage().c_str());
}

}  // namespace

CallGate::CallGate(sd_bus& bus, loop::EventLoop& loop, Callers& callers, Outbox& outbox,
                   Hooks hooks)
    : loop_(loop), callers_(callers), hooks_(std::move(hooks)), repeater_(bus, outbox) {
  sd_bus_slot* slot = nullptr;
  loop::checked(sd_bus_add_filter(&bus, &slot, on_message, this), "cannot filter calls");
  filter_.reset(slot);
}

int CallGate::on_message(sd_bus_message* message, void* self, sd_bus_error* error) {
  if (sd_bus_message_is_method_call(message, nullptr, nullptr) <= 0) return kGoOn;
  auto& gate = *static_cast<CallGate*>(self);
  bool through = true;
  gate.loop_.guarded([&] { through = gate.lets_through(*message, error); });
  return through ? kGoOn : kAnswered;
}

bool CallGate::lets_through(sd_bus_message& message, sd_bus_error* error) {
  const char* sender = sd_bus_message_get_sender(&message);
  if (sender == nullptr || repeater_.made(message)) return true;
  const Incoming call = measure(message, sender);
  const core::Holder* caller = callers_.known(call.client);
  return caller == nullptr ? admits_stranger(call, error) : admits(*caller, call, error);
}

CallGate::Incoming CallGate::measure(sd_bus_message& message, const char* sender) const {
  const std::size_t most = takes_lists(message) ? kMostOfLists : kMost;
  const std::size_t size = size_of(message, most);
  const std::size_t work = wants_all_objects(message) ? hooks_.object_count() : 1;
  return {.message = message,
          .client = core::ClientName{sender},
          .most = most,
          .size = size,
          .cost = static_cast<std::uint32_t>(work + size / kBytesOfACall)};
}

bool CallGate::admits(const core::Holder& caller, const Incoming& call, sd_bus_error* error) {
  const auto admitted = hooks_.admit(caller, call.cost);
  if (admitted && call.size <= call.most) return true;
  refuse(caller, call, admitted ? too_large(call.most) : to_error(admitted.error()), error);
  return false;
}

/// The one call of Calls that it is charged for there is not charged twice.
bool CallGate::admits_stranger(const Incoming& call, sd_bus_error* error) {
  const core::Holder nobody = stranger(call.client);
  if (call.size > call.most) {
    pay_later(call.client, call.cost, {});
    refuse(nobody, call, too_large(call.most), error);
    return false;
  }
  if (auto room = strangers_.make_room(call.client, call.size)) {
    const bool is_counted = is_carried_out_by_calls(call.message);
    if (is_counted || hooks_.admit(nobody, call.cost)) {
      pay_later(call.client, is_counted ? call.cost - 1 : call.cost, std::move(*room));
      return true;
    }
    if (Repeater::repeats(call.message) && waits(call, std::move(*room))) return false;
  }
  refuse(nobody, call, too_many_calls(), error);
  return false;
}

/// Also has the bus asked who that is, and keeps the room until it has answered.
void CallGate::pay_later(const core::ClientName& client, std::uint32_t cost, Strangers::Room room) {
  (void)callers_.ask(client, [this, cost, room = std::move(room)](const core::Holder* caller) {
    if (caller != nullptr && cost > 0) (void)hooks_.admit(*caller, cost);
  });
}

bool CallGate::waits(const Incoming& call, Strangers::Room room) {
  SdMessage kept(sd_bus_message_ref(&call.message), &sd_bus_message_unref);
  return callers_.ask(call.client, [this, cost = call.cost, kept = std::move(kept),
                                    room = std::move(room)](const core::Holder* caller) mutable {
    make_again(caller, cost, std::move(kept), std::move(room));
  });
}

void CallGate::make_again(const core::Holder* caller, std::uint32_t cost, SdMessage call,
                          Strangers::Room room) {
  if (caller == nullptr) return repeater_.refuse(*call, unknown_caller());
  if (const auto admitted = hooks_.admit(*caller, cost); !admitted) {
    const sdbus::Error refusal = to_error(admitted.error());
    repeater_.refuse(*call, refusal);
    hooks_.refused(*caller, Calls::refusal_of(std::string(member_of(*call)), refusal));
    return;
  }
  if (sd_bus_message_get_expect_reply(call.get()) > 0) {
    repeater_.repeat(std::move(call), std::move(room));
  }
}

void CallGate::refuse(const core::Holder& caller, const Incoming& call, const sdbus::Error& refusal,
                      sd_bus_error* error) {
  set(error, refusal);
  hooks_.refused(caller, Calls::refusal_of(std::string(member_of(call.message)), refusal));
}

}  // namespace gpiobroker::bus
