// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/PID/status, which anybody may read; the links in /proc/PID/ns are for those who may trace
// the process, which a root without capabilities may not.
#include "process/process_status.h"

#include <fstream>
#include <sstream>
#include <string>

namespace gpiobroker::bus {
namespace {

/// A line of the file: "NSpid:\t4711\t17".
void take(const std::string& line, ProcessStatus& status) {
  std::istringstream words(line);
  std::string key;
  words >> key;
  if (key == "PPid:") words >> status.parent;
  if (key == "Uid:") words >> status.uid;
  if (key != "NSpid:") return;
  for (std::int32_t id = 0; words >> id;) status.ids.push_back(id);
}

}  // namespace

std::optional<ProcessStatus> status_of(std::int32_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  ProcessStatus status;
  bool any = false;
  for (std::string line; std::getline(file, line); any = true) take(line, status);
  if (!any) return std::nullopt;
  if (status.ids.empty()) status.ids.push_back(pid);  // a kernel without namespaces has no NSpid
  return status;
}

std::optional<std::int32_t> process_meant(std::int32_t pid, std::int32_t caller,
                                          const LookUpProcess& look_up) {
  const auto own = look_up(caller);
  if (!own) return std::nullopt;
  if (own->ids.size() == 1) return pid;
  std::int32_t at = caller;
  for (auto status = own; status && status->ids.size() == own->ids.size();
       at = status->parent, status = look_up(at)) {
    if (status->ids.back() == pid) return at;
  }
  return std::nullopt;
}

}  // namespace gpiobroker::bus
