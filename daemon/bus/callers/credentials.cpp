// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the bus's answer, and what /proc says of the process.
#include "bus/callers/credentials.h"

#include <fstream>
#include <iterator>

#include "core/base/spelling.h"
#include "process/process_unit.h"

namespace gpiobroker::bus {
namespace {

template <class Type>
std::optional<Type> value_under(const char* key, const Credentials& answer) {
  const auto entry = answer.find(key);
  if (entry == answer.end() || !entry->second.containsValueOfType<Type>()) return std::nullopt;
  return entry->second.get<Type>();
}

std::string command_of(std::int32_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
  std::string command{std::istreambuf_iterator<char>(file), {}};
  if (command.ends_with('\n')) command.pop_back();
  return core::name_from(command);
}

}  // namespace

std::optional<core::Client> holder_from(const core::ClientName& client, const Credentials& answer) {
  const auto uid = value_under<std::uint32_t>("UnixUserID", answer);
  const auto gids = value_under<std::vector<std::uint32_t>>("UnixGroupIDs", answer);
  if (!uid || !gids) return std::nullopt;
  core::Client holder{
      .name = client, .uid = *uid, .pid = 0, .unit = {}, .command = {}, .gids = *gids};
  if (const auto process = value_under<sdbus::UnixFd>("ProcessFD", answer)) {
    holder.vouched_unit = unit_of(process->get()).value_or("");
  }
  const auto pid = value_under<std::uint32_t>("ProcessID", answer);
  if (!pid) return holder;
  holder.pid = static_cast<std::int32_t>(*pid);
  holder.command = command_of(holder.pid);
  holder.unit =
      holder.vouched_unit.empty() ? unit_of_pid(holder.pid).value_or("") : holder.vouched_unit;
  return holder;
}

}  // namespace gpiobroker::bus
