// SPDX-License-Identifier: GPL-2.0-or-later
// Files of /proc (proc_pid_status(5), cgroups(7)) and of the kernel's cgroup-v1/memory and
// cgroup-v2.
#include "fuzz/live/memory_use.h"

#include <filesystem>
#include <fstream>
#include <string>

namespace gpiobroker::fuzz {
namespace {

namespace fs = std::filesystem;

struct Names {
  const char* hierarchy;  // in /proc/PID/cgroup
  const char* folder;
  const char* peak;
  const char* limit;
  const char* at_limit;
};

constexpr Names kSecond{"0::", "/sys/fs/cgroup", "memory.peak", "memory.max", "memory.events"};
constexpr Names kFirst{":memory:", "/sys/fs/cgroup/memory", "memory.max_usage_in_bytes",
                       "memory.limit_in_bytes", "memory.failcnt"};

/// What follows a word in a file, up to the end of that line; the word is where the text begins.
std::string after(const fs::path& file, const std::string& word) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(word);
    if (at != std::string::npos) return line.substr(at + word.size());
  }
  return "";
}

std::string in_kib(const std::string& bytes) {
  if (bytes.empty() || bytes.find_first_not_of("0123456789") != std::string::npos) return bytes;
  return std::to_string(std::stoull(bytes) / 1024) + " KiB";
}

/// False where the process is in no control group of this version that counts memory.
bool report_group(std::ostream& to, const fs::path& process, const Names& names) {
  const std::string group = after(process / "cgroup", names.hierarchy);
  const fs::path folder = fs::path(names.folder) / fs::path(group).relative_path();
  if (group.empty() || !fs::exists(folder / names.peak)) return false;
  const bool is_count = std::string(names.at_limit) == kFirst.at_limit;
  to << ", its group at most " << in_kib(after(folder / names.peak, "")) << " of "
     << in_kib(after(folder / names.limit, "")) << ", at the limit "
     << after(folder / names.at_limit, is_count ? "" : "max ") << " times";
  return true;
}

}  // namespace

void report_memory_use(std::ostream& to, pid_t process) {
  const fs::path folder = "/proc/" + std::to_string(process);
  std::string resident = after(folder / "status", "VmHWM:");
  resident.erase(0, resident.find_first_not_of(" \t"));
  to << "broker: resident at most " << resident;
  if (!report_group(to, folder, kSecond)) report_group(to, folder, kFirst);
  to << '\n';
}

}  // namespace gpiobroker::fuzz
