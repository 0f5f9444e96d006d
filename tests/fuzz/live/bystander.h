// SPDX-License-Identifier: GPL-2.0-or-later
// An ordinary user of the broker who goes on with his work while others do what they can.
#pragma once

#include <string>

#include "bench/samples.h"
#include "harness/broker_test.h"

namespace gpiobroker::fuzz {

/// Has a lease of EXP7 as an output, and takes the line EXP1 again and again.
class Bystander {
 public:
  Bystander(const std::string& bus_address, uid_t user);

  /// Makes the next of the calls that he makes in turn, which must be answered well. What the bus
  /// has no room for is made again, until it has. Returns how long all that took. Then asks the bus
  /// itself, to tell what others did to the bus from what they did to the broker.
  bench::Microseconds work();

  /// Whether a lease is one of his.
  [[nodiscard]] bool has(const std::string& lease) const {
    return lease == lease_ || lease == second_lease_;
  }

  /// How many leases he was granted.
  [[nodiscard]] unsigned long leases_taken() const { return leases_taken_; }

  /// How long the slowest of his calls took, client and bus included.
  [[nodiscard]] bench::Microseconds slowest() const { return slowest_; }

  /// Writes how many calls there were, and how long they and those to the bus itself took.
  void report(std::ostream& to) const;

 private:
  [[nodiscard]] test::Call next();
  [[nodiscard]] test::Reply make(const test::Call& call);
  void ask_the_bus();

  test::ClientProcess client_;
  std::string lease_;
  std::string second_lease_;  // empty while he does not have it
  unsigned long leases_taken_ = 1;
  unsigned long turned_away_ = 0;
  unsigned turn_ = 0;
  bool high_ = true;
  bench::Samples times_;
  bench::Samples times_of_the_bus_;
  bench::Microseconds slowest_{0};
  std::string slowest_method_;
};

}  // namespace gpiobroker::fuzz
