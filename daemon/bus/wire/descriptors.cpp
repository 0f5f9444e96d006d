// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel gives out the lowest number that is free: what it is tells how many are in use.
#include "bus/wire/descriptors.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

namespace gpiobroker::bus {
namespace {

// A message carries at most 253 (SCM_MAX_FD of include/net/scm.h).
constexpr rlim_t kSpare = 512;

rlim_t first_spare() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur - std::min(kSpare, limit.rlim_cur / 4);
}

/// A second name for a file of our own costs a tenth of what making a new file does, and this is
/// asked at every lease. Where there was no room for that file, the next call tries again.
int lowest_free() {
  static int own = -1;
  if (own < 0) own = eventfd(0, EFD_CLOEXEC);
  const int lowest = fcntl(own, F_DUPFD_CLOEXEC, 0);
  if (lowest >= 0) close(lowest);
  return lowest;
}

}  // namespace

core::Result<void> check_descriptors() {
  const int lowest = lowest_free();
  if (lowest >= 0 && static_cast<rlim_t>(lowest) < first_spare()) return {};
  return core::refuse(core::Reason::quota_exceeded, "fd",
                      "the broker has no file descriptors to spare: wait until others have "
                      "released leases, or have its limit raised (LimitNOFILE= of its unit)");
}

}  // namespace gpiobroker::bus
