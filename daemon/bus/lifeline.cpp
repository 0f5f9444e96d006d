// SPDX-License-Identifier: GPL-2.0-or-later
// pidfd_open(2) first, then whose it is, then whether it was there all the time: so no other
// process can have taken the number in between.
#include "bus/lifeline.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bus/process_unit.h"

namespace gpiobroker::bus {
namespace {

using core::Reason;
using core::refuse;
using core::Refused;

constexpr std::uint32_t kRoot = 0;

Refused no_process(std::int32_t pid, const std::string& why) {
  return refuse(Reason::invalid_setting, "process",
                "process " + std::to_string(pid) + " " + why +
                    "; accepted: the id of a living process of the caller's own user");
}

/// Not of glibc: Debian 12's has it, older ones do not.
int pidfd_of(std::int32_t pid) {
  return static_cast<int>(syscall(SYS_pidfd_open, pid, 0U));
}

/// The real user id, which a process keeps when it runs a set-user-id program.
std::optional<std::uint32_t> user_of(std::int32_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string key;
    std::uint32_t uid = 0;
    if (words >> key >> uid && key == "Uid:") return uid;
  }
  return std::nullopt;
}

core::Result<std::optional<Lifeline>> of_process(std::int32_t pid, std::uint32_t uid) {
  const int fd = pidfd_of(pid);
  if (fd < 0) return no_process(pid, std::string("cannot be watched: ") + std::strerror(errno));
  sdbus::UnixFd pidfd(fd, sdbus::adopt_fd);
  const auto owner = user_of(pid);
  if (!owner || !is_alive(fd)) return no_process(pid, "is gone");
  if (*owner != uid && uid != kRoot) return no_process(pid, "is another user's");
  return Lifeline{std::move(pidfd), loop::EndWatch::Of::process};
}

bool is_connected_stream(int fd) {
  sockaddr_storage peer{};
  socklen_t length = sizeof(peer);
  int type = 0;
  socklen_t type_length = sizeof(type);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what the interface expects
  return getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &length) == 0 &&
         getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &type_length) == 0 && type != SOCK_DGRAM;
}

/// Whether epoll reports the end of the other side: that of a pipe which is open for one direction,
/// or of a connected socket.
bool tells_of_its_peers_end(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return false;
  const int mode = fcntl(fd, F_GETFL) & O_ACCMODE;
  return S_ISFIFO(status.st_mode) ? mode != O_RDWR : is_connected_stream(fd);
}

core::Result<std::optional<Lifeline>> of_peer(const sdbus::UnixFd& fd) {
  if (!tells_of_its_peers_end(fd.get())) {
    return refuse(Reason::invalid_setting, "fd",
                  "the fd does not tell when its other end is closed; accepted: one "
                  "end of a pipe or of a connected socket");
  }
  return Lifeline{fd, loop::EndWatch::Of::peer};
}

}  // namespace

core::Result<std::optional<Lifeline>> open_lifeline(const LifelineWish& wish, std::uint32_t uid) {
  if (const auto* process = std::get_if<ProcessId>(&wish)) return of_process(process->pid, uid);
  if (const auto* fd = std::get_if<sdbus::UnixFd>(&wish)) return of_peer(*fd);
  return std::nullopt;
}

}  // namespace gpiobroker::bus
