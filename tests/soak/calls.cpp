// SPDX-License-Identifier: GPL-2.0-or-later
// One function per call, message by message.
#include "calls.h"

#include <stdexcept>

#include <unistd.h>

namespace gpiobroker::soak {
namespace {

using bench::check;

constexpr const char* kService = "org.gpiobroker1";
constexpr const char* kLeaseInterface = "org.gpiobroker1.Lease";
constexpr const char* kSimulation = "org.gpiobroker1.Simulation";
constexpr const char* kBusy = "org.gpiobroker1.Error.Busy";

/// Longer than any call of the storm may take, waiting for a line included.
constexpr std::uint64_t kTimeoutUsec = 120'000'000;

void append_text(sd_bus_message* message, const char* key, const char* value) {
  check(sd_bus_message_append(message, "{sv}", key, "s", value), "cannot write a text");
}

void append_number(sd_bus_message* message, const char* key, unsigned value) {
  check(sd_bus_message_append(message, "{sv}", key, "u", value), "cannot write a number");
}

/// All keys each time: what an earlier use has set must not stay.
void append_use(sd_bus_message* message, Use use) {
  if (use == Use::as_is) return;
  const bool driven = use == Use::driven;
  append_text(message, "direction", driven ? "output" : "input");
  append_text(message, "bias", driven ? "pull-up" : "disabled");
  append_text(message, "edge", driven ? "none" : "both");
  if (driven)
    check(sd_bus_message_append(message, "{sv}", "value", "i", 1), "cannot write a level");
}

void append_lifetime(sd_bus_message* message, const Wish& wish) {
  if (wish.lifetime == Lifetime::process) {
    append_number(message, "process", static_cast<unsigned>(getpid()));
  }
  if (wish.lifetime == Lifetime::descriptor) {
    check(sd_bus_message_append(message, "{sv}", "fd", "h", wish.descriptor),
          "cannot write a descriptor");
  }
}

void append_options(sd_bus_message* message, const Wish& wish) {
  check(sd_bus_message_open_container(message, 'a', "{sv}"), "cannot write options");
  append_use(message, wish.use);
  append_lifetime(message, wish);
  if (wish.wait_ms > 0) append_number(message, "wait-ms", wish.wait_ms);
  append_text(message, "consumer", wish.consumer.c_str());
  check(sd_bus_message_close_container(message), "cannot write options");
}

}  // namespace

Calls::Calls(const std::string& address, Slot& slot) : bus_(bench::connect(address)), slot_(slot) {}

std::string Calls::name() const {
  const char* name = nullptr;
  check(sd_bus_get_unique_name(bus_.get(), &name), "no name on the bus");
  return name;
}

void Calls::take_signals() {
  int taken = 0;
  do {
    taken = sd_bus_process(bus_.get(), nullptr);
    check(taken, "cannot read from the bus");
  } while (taken > 0);
}

std::optional<std::string> Calls::acquire(const Wish& wish) {
  const auto message = new_call("/org/gpiobroker1", "org.gpiobroker1.Manager", "AcquireLines");
  check(sd_bus_message_append(message.get(), "as", 1, wish.line.c_str()), "cannot write a line");
  append_options(message.get(), wish);
  const auto reply = call(message, kBusy);
  if (!reply) return std::nullopt;
  const char* path = nullptr;
  check(sd_bus_message_read(reply.get(), "o", &path), "unexpected answer");
  slot_.grants++;
  return path;
}

void Calls::release(const std::string& lease) {
  const auto message = new_call(lease, kLeaseInterface, "Release");
  check(sd_bus_message_append(message.get(), "asa{sv}", 0, 0), "cannot write a call");
  call(message);
}

void Calls::reconfigure(const std::string& lease, Use use) {
  const auto message = new_call(lease, kLeaseInterface, "Reconfigure");
  check(sd_bus_message_append(message.get(), "as", 0), "cannot write a call");
  check(sd_bus_message_open_container(message.get(), 'a', "{sv}"), "cannot write settings");
  append_use(message.get(), use);
  check(sd_bus_message_close_container(message.get()), "cannot write settings");
  call(message);
}

void Calls::set(const std::string& lease, const std::string& line, int value) {
  const auto message = new_call(lease, kLeaseInterface, "SetValues");
  check(sd_bus_message_append(message.get(), "a{si}", 1, line.c_str(), value),
        "cannot write a call");
  call(message);
}

void Calls::get(const std::string& lease) {
  const auto message = new_call(lease, kLeaseInterface, "GetValues");
  check(sd_bus_message_append(message.get(), "as", 0), "cannot write a call");
  call(message);
}

unsigned Calls::wait_for_edges(const std::string& lease, unsigned milliseconds) {
  const auto message = new_call(lease, kLeaseInterface, "WaitForEdges");
  check(sd_bus_message_append(message.get(), "u", milliseconds), "cannot write a call");
  const auto reply = call(message);
  check(sd_bus_message_enter_container(reply.get(), 'a', "(sststt)"), "unexpected answer");
  unsigned edges = 0;
  while (sd_bus_message_skip(reply.get(), "(sststt)") > 0) ++edges;
  slot_.edges += edges;
  return edges;
}

Pin Calls::read_pin(unsigned chip, unsigned offset) {
  const auto message = new_call(chip_path(chip), kSimulation, "ReadPin");
  check(sd_bus_message_append(message.get(), "u", offset), "cannot write a call");
  const auto reply = call(message);
  int driven = 0;
  int level = 0;
  const char* pull = nullptr;
  check(sd_bus_message_read(reply.get(), "bis", &driven, &level, &pull), "unexpected answer");
  return {.driven = driven != 0, .pull = pull};
}

void Calls::drive_input(unsigned chip, unsigned offset, int level) {
  const auto message = new_call(chip_path(chip), kSimulation, "DriveInput");
  check(sd_bus_message_append(message.get(), "ui", offset, level), "cannot write a call");
  call(message);
}

Calls::Message Calls::new_call(const std::string& path, const char* interface,
                               const char* member) const {
  sd_bus_message* message = nullptr;
  check(sd_bus_message_new_method_call(bus_.get(), &message, kService, path.c_str(), interface,
                                       member),
        "cannot make a call");
  return {message, &sd_bus_message_unref};
}

Calls::Message Calls::call(const Message& message, const char* tolerated) {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  sd_bus_message* reply = nullptr;
  slot_.in_call = true;
  const int result = sd_bus_call(bus_.get(), message.get(), kTimeoutUsec, &error, &reply);
  slot_.in_call = false;
  slot_.calls++;
  Message owned(reply, &sd_bus_message_unref);
  if (result >= 0) return owned;
  const std::string name = error.name;
  const std::string what = name + ": " + error.message;
  sd_bus_error_free(&error);
  if (name == tolerated) return owned;
  throw std::runtime_error(std::string(sd_bus_message_get_member(message.get())) + ": " + what);
}

}  // namespace gpiobroker::soak
