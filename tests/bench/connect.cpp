// SPDX-License-Identifier: GPL-2.0-or-later
// libsystemd's results become exceptions here.
#include "connect.h"

#include <system_error>

namespace gpiobroker::bench {

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(-result, std::generic_category(), what);
}

Bus connect(const std::string& address) {
  sd_bus* bus = nullptr;
  check(sd_bus_new(&bus), "cannot make a bus connection");
  Bus connection(bus, &sd_bus_flush_close_unref);
  check(sd_bus_set_address(bus, address.c_str()), "bad bus address");
  check(sd_bus_set_bus_client(bus, 1), "cannot be a bus client");
  check(sd_bus_start(bus), "cannot connect to the bus");
  return connection;
}

}  // namespace gpiobroker::bench
