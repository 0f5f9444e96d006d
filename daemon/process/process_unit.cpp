// SPDX-License-Identifier: GPL-2.0-or-later
// The id out of /proc/self/fdinfo, the unit out of the control group, and a look whether the
// process was there all the time.
#include "process/process_unit.h"

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

#include <poll.h>
#include <systemd/sd-login.h>

namespace gpiobroker::bus {

/// A pidfd becomes readable with the end of its process (pidfd_open(2)).
bool is_alive(int pidfd) {
  pollfd question{.fd = pidfd, .events = POLLIN, .revents = 0};
  return poll(&question, 1, 0) == 0;
}

std::optional<int> pid_of(int pidfd) {
  std::ifstream file("/proc/self/fdinfo/" + std::to_string(pidfd));
  for (std::string line; std::getline(file, line);) {
    constexpr std::string_view kKey = "Pid:";
    if (!line.starts_with(kKey)) continue;
    int pid = 0;  // stays 0 or less where there is none
    std::istringstream(line.substr(kKey.size())) >> pid;
    return pid > 0 ? std::optional(pid) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::string> unit_of(int pidfd) {
  const auto pid = pid_of(pidfd);
  if (!pid) return std::nullopt;
  auto unit = unit_of_pid(*pid);
  return is_alive(pidfd) ? unit : std::nullopt;
}

std::optional<std::string> unit_of_pid(int pid) {
  char* unit = nullptr;
  if (sd_pid_get_unit(pid, &unit) < 0) return std::nullopt;
  const std::unique_ptr<char, decltype(&std::free)> owned(unit, &std::free);
  return std::string(owned.get());
}

}  // namespace gpiobroker::bus
