// SPDX-License-Identifier: GPL-2.0-or-later
// Lists the methods of each kind by name.
#include "bus/wire/call_kind.h"

#include <algorithm>
#include <array>

#include "org.gpiobroker1.Lease_adaptor.h"
#include "org.gpiobroker1.Manager_adaptor.h"

namespace gpiobroker::bus {
namespace {

// Of answers, in bytes, about: of those that are long, and of all others.
constexpr std::size_t kLongAnswer = std::size_t{16} * 1024;
constexpr std::size_t kAnswer = 512;

std::string_view word(const char* text) {
  return text == nullptr ? "" : text;
}

}  // namespace

std::string_view member_of(sd_bus_message& call) {
  return word(sd_bus_message_get_member(&call));
}

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

std::size_t size_of_answer(sd_bus_message& call, std::size_t brought) {
  const std::string_view member = member_of(call);
  const bool is_long =
      member == "Introspect" || member == "GetAll" || member.starts_with("WaitForEdges");
  return (is_long ? kLongAnswer : kAnswer) + brought;
}

}  // namespace gpiobroker::bus
