// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the answer and what /proc says of the process.
#include "bus/credentials.h"

#include <cstdlib>
#include <fstream>
#include <memory>

#include <systemd/sd-login.h>

namespace gpiobroker::bus {
namespace {

std::optional<std::uint32_t> number_under(const char* key, const Credentials& answer) {
  const auto entry = answer.find(key);
  if (entry == answer.end() || !entry->second.containsValueOfType<std::uint32_t>()) {
    return std::nullopt;
  }
  return entry->second.get<std::uint32_t>();
}

std::string command_of(std::int32_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
  std::string command;
  std::getline(file, command);
  return command;
}

std::string unit_of(std::int32_t pid) {
  char* unit = nullptr;
  if (sd_pid_get_unit(pid, &unit) < 0) return {};
  const std::unique_ptr<char, decltype(&std::free)> owned(unit, &std::free);
  return owned.get();
}

}  // namespace

std::optional<core::Holder> holder_from(const core::ClientName& client, const Credentials& answer) {
  const auto uid = number_under("UnixUserID", answer);
  if (!uid) return std::nullopt;
  core::Holder holder{.name = client, .uid = *uid, .pid = 0, .unit = {}, .command = {}};
  const auto pid = number_under("ProcessID", answer);
  if (!pid) return holder;
  holder.pid = static_cast<std::int32_t>(*pid);
  holder.command = command_of(holder.pid);
  holder.unit = unit_of(holder.pid);
  return holder;
}

}  // namespace gpiobroker::bus
