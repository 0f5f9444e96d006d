// SPDX-License-Identifier: GPL-2.0-or-later
// The clients: one a place, and after its end another one.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "death_watch.h"
#include "harness/process.h"
#include "harness/temporary_folder.h"
#include "plan.h"
#include "slot.h"

namespace gpiobroker::soak {

class Crowd {
 public:
  /// Starts nobody yet.
  Crowd(const Plan& plan, std::string address);

  [[nodiscard]] const Slots& slots() const { return slots_; }

  /// Puts a client on each place where there is none; does not wait for their leases.
  void fill();

  /// Returns once every client has all its leases. Throws if that does not come to be.
  void wait_until_ready();

  /// Some places, in no order, whose clients have all their leases: so many, or fewer.
  [[nodiscard]] std::vector<unsigned> choose(unsigned count);

  /// Kills them all at once, each in the middle of a call as far as that can be managed.
  [[nodiscard]] std::vector<Victim> kill(const std::vector<unsigned>& places);

  /// Clears the places of dead clients whose lines are safe; how many of them died in a call.
  unsigned bury(const std::vector<Victim>& victims);

  /// What clients found that should not be, and clients that ended by themselves.
  [[nodiscard]] std::vector<std::string> faults();

 private:
  void start(unsigned place);
  void hurry(const std::vector<unsigned>& places) const;

  Plan plan_;
  std::string address_;
  test::TemporaryFolder folder_;
  Slots slots_;
  std::mt19937 random_;
  std::vector<std::unique_ptr<test::Process>> clients_;
};

}  // namespace gpiobroker::soak
