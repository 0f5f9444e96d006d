// SPDX-License-Identifier: GPL-2.0-or-later
// The installed broker as a service of the systemd that runs this machine.
#pragma once

#include <string>

#include <sys/types.h>

namespace gpiobroker::test {

inline constexpr const char* kSystemBus = "unix:path=/run/dbus/system_bus_socket";
inline constexpr const char* kConfigurationFolder = "/etc/gpiobroker";

/// Writes the broker's only file of configuration, which it reads when it starts or reloads.
void configure(const std::string& json);

/// What a shell command writes to its standard output. Throws if it fails.
std::string output_of(const std::string& command);

/// The unit gpiobroker.service. Changes to it last until forget_changes().
class Service {
 public:
  /// Starts it, if it does not run, and returns once it answers on the bus.
  void start() const;
  void stop() const;
  void restart() const;
  void reload() const;

  [[nodiscard]] std::string property(const std::string& name) const;
  [[nodiscard]] pid_t main_pid() const;
  void kill(int signal) const;

  /// Whether the broker has its name on the bus.
  [[nodiscard]] bool has_its_name() const;

  /// Lays a [Service] section over the unit.
  void change(const std::string& section) const;
  void forget_changes() const;

  /// What it has written to the journal since the machine started.
  [[nodiscard]] std::string journal() const;
};

}  // namespace gpiobroker::test
