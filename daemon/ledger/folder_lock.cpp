// SPDX-License-Identifier: GPL-2.0-or-later
// Locks a file by flock(2), and never removes it: two brokers could lock two files of one name.
#include "ledger/folder_lock.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace gpiobroker::ledger {

core::Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  const std::string path = folder / "lock";
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    return core::refuse(core::Reason::not_recorded, "state",
                        "cannot write " + path + ": " + std::strerror(errno));
  }
  FolderLock lock(fd);
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return lock;
  return core::refuse(core::Reason::in_use, "state",
                      folder.string() +
                          " is in use by another gpiobrokerd: stop that one, or "
                          "give this one a folder of its own with --state");
}

FolderLock::FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FolderLock::~FolderLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace gpiobroker::ledger
