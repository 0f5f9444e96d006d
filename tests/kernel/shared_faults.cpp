// SPDX-License-Identifier: GPL-2.0-or-later
// The test's side of the shared memory.
#include "kernel/shared_faults.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "harness/process.h"

namespace gpiobroker::test {

Faults::Faults(std::string path) : path_(path.empty() ? folder_.file("faults") : std::move(path)) {
  const FileDescriptor file(
      checked(open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600), "open"));
  checked(ftruncate(file.get(), sizeof(SharedFaults)), "ftruncate");
  void* memory =
      mmap(nullptr, sizeof(SharedFaults), PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0);
  if (memory == MAP_FAILED) checked(-1, "mmap");
  shared_ = static_cast<SharedFaults*>(memory);
}

Faults::~Faults() {
  munmap(shared_, sizeof(SharedFaults));
}

std::vector<std::string> Faults::wrapper() const {
  return {"env", "LD_PRELOAD=" + program_beside("libgpiobroker-test-faults.so"),
          std::string(kFaultsVariable) + "=" + path_};
}

void Faults::arm(unsigned n, const Fault& fault) {
  shared_->error = fault.error;
  shared_->all_after = fault.all_after ? 1 : 0;
  shared_->spares_looks = fault.spares_looks ? 1 : 0;
  shared_->takes_effect = fault.takes_effect ? 1 : 0;
  shared_->milliseconds = fault.milliseconds;
  armed_for_ = shared_->calls + n;
  shared_->first = armed_for_;
}

void Faults::make_sick(const std::string& chip_name, unsigned milliseconds, bool per_line) {
  struct stat status {};
  checked(stat(("/dev/" + chip_name).c_str(), &status), "stat");
  shared_->sick_milliseconds = milliseconds;
  shared_->sick_per_line = per_line ? 1 : 0;
  shared_->sick = minor(status.st_rdev) + 1;
}

}  // namespace gpiobroker::test
