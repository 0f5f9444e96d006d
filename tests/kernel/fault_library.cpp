// SPDX-License-Identifier: GPL-2.0-or-later
// A library for LD_PRELOAD: ioctls on GPIO chips and allocations fail where and as the test says.
#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <ctime>

#include <fcntl.h>
#include <linux/gpio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "kernel/shared_faults.h"

namespace gpiobroker::test {
namespace {

constexpr unsigned kGpioType = _IOC_TYPE(GPIO_GET_CHIPINFO_IOCTL);

SharedFaults* map_shared() {
  const char* path = std::getenv(kFaultsVariable);
  const int file = path == nullptr ? -1 : open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) std::abort();  // a test that injects nothing would pass
  void* memory = mmap(nullptr, sizeof(SharedFaults), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory == MAP_FAILED) std::abort();
  close(file);
  return static_cast<SharedFaults*>(memory);
}

/// Null until the program is loaded, which allocates too.
SharedFaults* the_faults = nullptr;

__attribute__((constructor)) void load() {
  the_faults = map_shared();
}

SharedFaults& shared() {
  return *the_faults;
}

bool is_out_of_memory() {
  if (the_faults == nullptr) return false;
  const std::uint32_t number = ++shared().allocations;
  const std::uint32_t first = shared().first_empty;
  return number == first;
}

void* nothing() {
  errno = ENOMEM;
  return nullptr;
}

/// As the kernel takes it: libgpiod has some in an int, which is widened with its sign.
std::uint32_t number_of(unsigned long request) {
  return static_cast<std::uint32_t>(request);
}

bool counts(unsigned long request) {
  if (_IOC_TYPE(request) != kGpioType) return false;
  return number_of(request) != GPIO_V2_GET_LINEINFO_IOCTL || shared().spares_looks == 0;
}

bool is_hit(std::uint32_t number) {
  const std::uint32_t first = shared().first;
  if (first == 0) return false;
  return number == first || (number > first && shared().all_after != 0);
}

bool is_hidden(unsigned long request, const void* argument) {
  if (number_of(request) != GPIO_V2_GET_LINEINFO_IOCTL || shared().unseen == 0) return false;
  return static_cast<const gpio_v2_line_info*>(argument)->offset + 1 == shared().unseen;
}

void take_time(std::uint32_t all) {
  const timespec time{.tv_sec = all / 1000, .tv_nsec = 1'000'000L * (all % 1000)};
  nanosleep(&time, nullptr);
}

/// Whether a chip can do it and have the answer lost. Of lines that are taken the answer is the fd.
bool can_take_effect(unsigned long request) {
  return number_of(request) == GPIO_V2_LINE_SET_CONFIG_IOCTL ||
         number_of(request) == GPIO_V2_LINE_SET_VALUES_IOCTL;
}

long call_kernel(int fd, unsigned long request, void* argument) {
  return syscall(SYS_ioctl, fd, request, argument);
}

/// What a descriptor is of: the chip's minor number + 1, and how many lines a request has.
struct Owner {
  std::atomic<std::uint32_t> chip;
  std::atomic<std::uint32_t> lines;
};

constexpr std::size_t kMostDescriptors = 4096;
std::array<Owner, kMostDescriptors> owners{};

std::uint32_t chip_of(int fd) {
  struct stat status {};
  if (fstat(fd, &status) == 0 && S_ISCHR(status.st_mode)) return minor(status.st_rdev) + 1;
  return owners.at(static_cast<std::size_t>(fd)).chip;
}

std::uint32_t lines_in(int fd, unsigned long request, const void* argument) {
  switch (number_of(request)) {
    case GPIO_V2_GET_LINE_IOCTL:
      return static_cast<const gpio_v2_line_request*>(argument)->num_lines;
    case GPIO_V2_LINE_SET_CONFIG_IOCTL: return owners.at(static_cast<std::size_t>(fd)).lines;
    case GPIO_V2_LINE_GET_VALUES_IOCTL:
    case GPIO_V2_LINE_SET_VALUES_IOCTL:
      return static_cast<std::uint32_t>(
          std::popcount(static_cast<const gpio_v2_line_values*>(argument)->mask));
    default: return 1;
  }
}

void be_sick(int fd, unsigned long request, const void* argument) {
  if (shared().sick == 0 || chip_of(fd) != shared().sick) return;
  const std::uint32_t times = shared().sick_per_line != 0 ? lines_in(fd, request, argument) : 1;
  take_time(shared().sick_milliseconds * times);
}

void note_owner(int fd, unsigned long request, const void* argument) {
  if (number_of(request) != GPIO_V2_GET_LINE_IOCTL) return;
  const auto* taken = static_cast<const gpio_v2_line_request*>(argument);
  Owner& owner = owners.at(static_cast<std::size_t>(taken->fd));
  owner.chip = chip_of(fd);
  owner.lines = taken->num_lines;
}

}  // namespace
}  // namespace gpiobroker::test

// glibc's own, under the names that it keeps for those who take the usual ones (GNU C library
// manual, "Replacing malloc").
extern "C" {
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* memory, size_t size);

void* malloc(size_t size) {
  using namespace gpiobroker::test;
  return is_out_of_memory() ? nothing() : __libc_malloc(size);
}

void* calloc(size_t nmemb, size_t size) {
  using namespace gpiobroker::test;
  return is_out_of_memory() ? nothing() : __libc_calloc(nmemb, size);
}

void* realloc(void* ptr, size_t size) {
  using namespace gpiobroker::test;
  return is_out_of_memory() ? nothing() : __libc_realloc(ptr, size);
}
}

extern "C" int ioctl(int fd, unsigned long request, ...) {
  using namespace gpiobroker::test;
  va_list arguments;
  va_start(arguments, request);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  if (_IOC_TYPE(request) == kGpioType) be_sick(fd, request, argument);
  if (is_hidden(request, argument)) {
    errno = EIO;
    return -1;
  }
  if (!counts(request) || !is_hit(++shared().calls)) {
    const long done = call_kernel(fd, request, argument);
    if (done >= 0 && _IOC_TYPE(request) == kGpioType) note_owner(fd, request, argument);
    return static_cast<int>(done);
  }
  take_time(shared().milliseconds);
  const int error = shared().error;
  if (error == 0 || (shared().takes_effect != 0 && can_take_effect(request))) {
    const long result = call_kernel(fd, request, argument);
    if (error == 0 || result < 0) return static_cast<int>(result);
  }
  errno = error;
  return -1;
}
