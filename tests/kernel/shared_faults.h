// SPDX-License-Identifier: GPL-2.0-or-later
// Which of the daemon's calls to a GPIO chip fails, and how, and which of its allocations: memory
// that the test and a library loaded into the daemon share.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/temporary_folder.h"

namespace gpiobroker::test {

/// The name of the environment variable with the file that is shared.
inline constexpr const char* kFaultsVariable = "GPIOBROKER_TEST_FAULTS";

/// Zero all over: nothing fails.
struct SharedFaults {
  std::atomic<std::uint32_t> calls;         ///< ioctls on GPIO chips and lines so far
  std::atomic<std::uint32_t> first;         ///< the number of the one that fails; 0: none does
  std::atomic<std::uint32_t> all_after;     ///< and all after it
  std::atomic<std::uint32_t> takes_effect;  ///< it does its work, and only then says that it failed
  std::atomic<std::uint32_t> spares_looks;  ///< those that ask for a line's info do not count
  std::atomic<std::int32_t> error;          ///< errno; 0: none, it is only slow
  std::atomic<std::uint32_t> milliseconds;  ///< that it takes first
  std::atomic<std::uint32_t> unseen;  ///< looks at lines of this offset, plus 1, fail; 0: none

  std::atomic<std::uint32_t>
      sick;  ///< the minor number of the chip all of whose calls are slow, + 1
  std::atomic<std::uint32_t> sick_milliseconds;  ///< that they take
  std::atomic<std::uint32_t> sick_per_line;      ///< each line of a call so much

  std::atomic<std::uint32_t> allocations;  ///< of memory, so far
  std::atomic<std::uint32_t> first_empty;  ///< the number of the one that fails; 0: none does
};

struct Fault {
  int error = 0;
  bool all_after = false;
  bool takes_effect = false;
  bool spares_looks = false;
  unsigned milliseconds = 0;
};

class Faults {
 public:
  /// The file that is shared is in a folder of the test's own, or the one that is named.
  explicit Faults(std::string path = {});
  Faults(const Faults&) = delete;
  Faults& operator=(const Faults&) = delete;
  ~Faults();

  /// What is to run the daemon for it to have such faults.
  [[nodiscard]] std::vector<std::string> wrapper() const;

  /// The file, which the environment variable names.
  [[nodiscard]] const std::string& path() const { return path_; }

  /// The nth call from now on fails, counted from 1.
  void arm(unsigned n, const Fault& fault);
  void disarm() { shared_->first = 0; }

  /// No chip tells of its line of this offset, until it is to be seen again.
  void hide(unsigned offset) { shared_->unseen = offset + 1; }
  void show() { shared_->unseen = 0; }

  /// Every call to one chip takes so long from now on, or so long for each of its lines.
  void make_sick(const std::string& chip_name, unsigned milliseconds, bool per_line);
  void heal() { shared_->sick = 0; }

  /// There is no memory for the nth allocation from now on, counted from 1.
  void starve_at(unsigned n) { shared_->first_empty = shared_->allocations + n; }
  [[nodiscard]] bool starved() const { return shared_->allocations >= shared_->first_empty; }
  void feed() { shared_->first_empty = 0; }

  /// Whether the call that was to fail has been made.
  [[nodiscard]] bool struck() const { return shared_->calls >= armed_for_; }

 private:
  TemporaryFolder folder_;
  std::string path_;
  SharedFaults* shared_ = nullptr;
  std::uint32_t armed_for_ = 0;
};

}  // namespace gpiobroker::test
