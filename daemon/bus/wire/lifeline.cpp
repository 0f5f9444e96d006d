// SPDX-License-Identifier: GPL-2.0-or-later
// pidfd_open(2) first, then whose it is and whom the caller means, then whether both were there all
// the time: so no other process can have taken a number in between.
#include "bus/wire/lifeline.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "process/process_status.h"
#include "process/process_unit.h"

namespace gpiobroker::bus {
namespace {

using core::Reason;
using core::refuse;
using core::Refused;

constexpr std::uint32_t kRoot = 0;

Refused no_process(std::int32_t pid, const std::string& why, const std::string& accepted) {
  return refuse(Reason::invalid_setting, "process",
                "process " + std::to_string(pid) + " " + why + "; accepted: " + accepted);
}

Refused no_process(std::int32_t pid, const std::string& why) {
  return no_process(pid, why, "the id of a living process of the caller's own user");
}

/// A number from a namespace that the broker is not in, or may not be in.
Refused not_translated(std::int32_t pid) {
  return no_process(
      pid,
      "cannot be told from others of that number: the caller is in a PID namespace "
      "of its own, or its process is gone",
      "there, the caller's own id or an ancestor's; or fd, one end of a pipe, instead");
}

/// Not of glibc: Debian 12's has it, older ones do not.
sdbus::UnixFd pidfd_of(std::int32_t pid) {
  return {static_cast<int>(syscall(SYS_pidfd_open, pid, 0U)), sdbus::adopt_fd};
}

core::Result<std::optional<Lifeline>> of_process(std::int32_t named, const core::Client& holder) {
  const sdbus::UnixFd caller = pidfd_of(holder.pid);
  const auto meant = process_meant(named, holder.pid);
  if (!caller.isValid() || !meant) return not_translated(named);
  sdbus::UnixFd pidfd = pidfd_of(*meant);
  if (!pidfd.isValid()) {
    return no_process(named, std::string("cannot be watched: ") + std::strerror(errno));
  }
  const auto status = status_of(*meant);
  const bool same = process_meant(named, holder.pid) == meant && is_alive(caller.get());
  if (!same) return not_translated(named);
  if (!status || !is_alive(pidfd.get())) return no_process(named, "is gone");
  if (status->uid != holder.uid && holder.uid != kRoot) {
    return no_process(named, "is another user's");
  }
  return Lifeline{loop::Descriptor(pidfd.release()), loop::EndWatch::Of::process};
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
  return Lifeline{loop::Descriptor(sdbus::UnixFd(fd).release()), loop::EndWatch::Of::peer};
}

}  // namespace

std::optional<loop::Descriptor> open_process(const core::Client& holder) {
  if (holder.pid <= 0) return std::nullopt;
  sdbus::UnixFd pidfd = pidfd_of(holder.pid);
  const auto status = status_of(holder.pid);
  const bool is_its_own = status && (status->uid == holder.uid || holder.uid == kRoot);
  if (!pidfd.isValid() || !is_its_own || !is_alive(pidfd.get())) return std::nullopt;
  return loop::Descriptor(pidfd.release());
}

core::Result<std::optional<Lifeline>> open_lifeline(const LifelineWish& wish,
                                                    const core::Client& holder) {
  if (const auto* process = std::get_if<ProcessId>(&wish)) return of_process(process->pid, holder);
  if (const auto* fd = std::get_if<sdbus::UnixFd>(&wish)) return of_peer(*fd);
  return std::nullopt;
}

}  // namespace gpiobroker::bus
