// SPDX-License-Identifier: GPL-2.0-or-later
// The mapping.
#include "slot.h"

#include <algorithm>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gpiobroker::soak {
namespace {

static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "a lock would die with its owner");

int checked_errno(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

}  // namespace

Slots::Slots(const std::string& file, unsigned count) {
  const int fd =
      checked_errno(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666), "open slots");
  const std::size_t bytes = count * sizeof(Slot);
  fchmod(fd, 0666);  // past the umask: clients are other users; fails for them, who need not
  checked_errno(ftruncate(fd, static_cast<off_t>(bytes)), "make room for slots");
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "map slots");
  slots_ = {static_cast<Slot*>(memory), count};
}

Slots::~Slots() {
  munmap(slots_.data(), slots_.size_bytes());
}

void clear_for_successor(Slot& slot) {
  slot.ready = false;
  slot.doomed = false;
  slot.in_call = false;
  slot.at_risk = 0;
  slot.pool_line = 0;
  slot.leases = 0;
  slot.bus_name = {};
}

void note_fault(Slot& slot, const std::string& text) {
  const std::size_t length = std::min(text.size(), slot.fault.size() - 1);
  std::memcpy(slot.fault.data(), text.data(), length);
}

std::string chip_path(unsigned chip) {
  return "/org/gpiobroker1/chips/gpiochip" + std::to_string(chip);
}

std::string consumer_label(unsigned place, const std::string& bus_name) {
  return "soak-" + std::to_string(place) + bus_name;
}

}  // namespace gpiobroker::soak
