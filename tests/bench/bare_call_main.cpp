// SPDX-License-Identifier: GPL-2.0-or-later
// Reads a line's level by the broker, with the least that a program on libsystemd can do for it:
// gpiobroker-bench-bare-call ADDRESS LINE. No command that does as much can be quicker.
#include <systemd/sd-bus.h>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  sd_bus* bus = nullptr;
  sd_bus_message* reply = nullptr;
  const bool done =
      sd_bus_new(&bus) >= 0 && sd_bus_set_address(bus, argv[1]) >= 0 &&
      sd_bus_set_bus_client(bus, 1) >= 0 && sd_bus_start(bus) >= 0 &&
      sd_bus_call_method(bus, "org.gpiobroker1", "/org/gpiobroker1", "org.gpiobroker1.Manager",
                         "ReadLines", nullptr, &reply, "asa{sv}", 1, argv[2], 0) >= 0;
  return done ? 0 : 1;
}
