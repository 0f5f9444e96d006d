// SPDX-License-Identifier: GPL-2.0-or-later
// A filter of sd-bus, which sdbus-c++ has none of. An error that it sets is the call's answer.
#include "bus/call_gate.h"

#include <limits>
#include <string_view>
#include <utility>

#include "bus/errors.h"
#include "org.gpiobroker1.Lease_adaptor.h"
#include "org.gpiobroker1.Manager_adaptor.h"

namespace gpiobroker::bus {
namespace {

constexpr int kGoOn = 0;
constexpr int kAnswered = 1;

/// Whose calls are all strangers'. No user has this id.
constexpr std::uint32_t kNobodyKnown = std::numeric_limits<std::uint32_t>::max();

/// Whether it waits until its caller is known, and is counted then.
bool is_carried_out_by_calls(sd_bus_message* call) {
  const char* interface = sd_bus_message_get_interface(call);
  if (interface == nullptr) return false;
  return interface == std::string_view(org::gpiobroker1::Manager_adaptor::INTERFACE_NAME) ||
         interface == std::string_view(org::gpiobroker1::Lease_adaptor::INTERFACE_NAME);
}

void set(sd_bus_error* error, const sdbus::Error& to) {
  sd_bus_error_set(error, to.getName().c_str(), to.getMessage().c_str());
}

}  // namespace

CallGate::CallGate(sd_bus& bus, loop::EventLoop& loop, Callers& callers, Hooks hooks)
    : loop_(loop), callers_(callers), hooks_(std::move(hooks)) {
  sd_bus_slot* slot = nullptr;
  loop::checked(sd_bus_add_filter(&bus, &slot, on_message, this), "cannot filter calls");
  filter_.reset(slot);
}

int CallGate::on_message(sd_bus_message* message, void* self, sd_bus_error* error) {
  if (sd_bus_message_is_method_call(message, nullptr, nullptr) <= 0) return kGoOn;
  auto& gate = *static_cast<CallGate*>(self);
  bool through = true;
  gate.loop_.guarded([&] { through = gate.lets_through(message, error); });
  return through ? kGoOn : kAnswered;
}

bool CallGate::lets_through(sd_bus_message* call, sd_bus_error* error) {
  const char* sender = sd_bus_message_get_sender(call);
  if (sender == nullptr) return true;
  const core::ClientName client{sender};
  if (const core::Holder* caller = callers_.known(client)) return admits(*caller, call, error);
  callers_.get_to_know(client);
  return is_carried_out_by_calls(call) || admits_stranger(client, call, error);
}

bool CallGate::admits(const core::Holder& caller, sd_bus_message* call, sd_bus_error* error) {
  const auto admitted = hooks_.admit(caller, cost_of(call));
  if (admitted) return true;
  const sdbus::Error refusal = to_error(admitted.error());
  set(error, refusal);
  const char* member = sd_bus_message_get_member(call);
  hooks_.refused(caller, Calls::refusal_of(member == nullptr ? "" : member, refusal));
  return false;
}

bool CallGate::admits_stranger(const core::ClientName& client, sd_bus_message* call,
                               sd_bus_error* error) {
  const core::Holder stranger{.name = client, .uid = kNobodyKnown, .unit = {}, .command = {}};
  if (hooks_.admit(stranger, cost_of(call))) return true;
  set(error, too_many_calls());
  return false;
}

std::uint32_t CallGate::cost_of(sd_bus_message* call) const {
  const bool wants_all = sd_bus_message_is_method_call(call, "org.freedesktop.DBus.ObjectManager",
                                                       "GetManagedObjects") > 0;
  return wants_all ? static_cast<std::uint32_t>(hooks_.object_count()) : 1;
}

}  // namespace gpiobroker::bus
