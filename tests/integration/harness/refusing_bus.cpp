// SPDX-License-Identifier: GPL-2.0-or-later
// Loaded into a daemon by its tests: for as long as a file is there, its bus library takes nothing,
// or says that as many messages wait as another file says.
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <fstream>

#include <dlfcn.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

namespace {

bool refuses() {
  const char* file = std::getenv("GPIOBROKER_TEST_REFUSAL");
  return file != nullptr && access(file, F_OK) == 0;
}

/// The function that is called where this library is not there.
template <class Function>
Function* real(Function*, const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

/// As if as many messages waited as may.
template <class Function, class... Arguments>
int unless_refused(Function* function, const char* name, Arguments... arguments) {
  return refuses() ? -ENOBUFS : real(function, name)(arguments...);
}

}  // namespace

extern "C" {

int sd_bus_send(sd_bus* bus, sd_bus_message* message, std::uint64_t* cookie) {
  return unless_refused(&sd_bus_send, "sd_bus_send", bus, message, cookie);
}

int sd_bus_call_async(sd_bus* bus, sd_bus_slot** slot, sd_bus_message* message,
                      sd_bus_message_handler_t callback, void* userdata, std::uint64_t usec) {
  return unless_refused(&sd_bus_call_async, "sd_bus_call_async", bus, slot, message, callback,
                        userdata, usec);
}

int sd_bus_get_n_queued_write(sd_bus* bus, std::uint64_t* count) {
  const char* file = std::getenv("GPIOBROKER_TEST_UNSENT");
  if (file != nullptr && std::ifstream(file) >> *count) return 0;
  return real(&sd_bus_get_n_queued_write, "sd_bus_get_n_queued_write")(bus, count);
}

int sd_bus_emit_interfaces_added_strv(sd_bus* bus, const char* path, char** interfaces) {
  return unless_refused(&sd_bus_emit_interfaces_added_strv, "sd_bus_emit_interfaces_added_strv",
                        bus, path, interfaces);
}

int sd_bus_emit_properties_changed_strv(sd_bus* bus, const char* path, const char* interface,
                                        char** names) {
  return unless_refused(&sd_bus_emit_properties_changed_strv, "sd_bus_emit_properties_changed_strv",
                        bus, path, interface, names);
}
}
