// SPDX-License-Identifier: GPL-2.0-or-later
// Clients, other programs and faults that do at random what they can do, and the rules that hold.
#pragma once

#include <map>
#include <random>
#include <set>

#include "core/edges.h"
#include "core/lifetimes.h"
#include "core/transfer.h"
#include "unit/broker_fixture.h"

namespace gpiobroker::test {

/// A fixed seed gives the same story on every machine.
class RandomWorld : public BrokerTest {
 protected:
  /// Does one thing that somebody could do, and tells of it in story_.
  void step(std::mt19937& random);

  /// What holds at any time.
  void expect_order();

  /// Mends everything, sends everybody home, and expects that nothing is left behind.
  void expect_a_clean_end();

  std::vector<std::string> story_;
  Instant now_ = kNow;
  Instant longest_pause_ = std::chrono::seconds(10);  // the most that passes in a step

 private:
  void acquire_some();
  void release_some();
  void set_some();
  void reconfigure_some();
  void read_some();
  void say_goodbye();
  void retry();
  void let_time_pass();
  void end_a_process();
  void break_something();
  void mend_something();
  void use_from_outside();
  void leave_driven();
  void move_a_pin();
  void hear_of_edges();
  void transfer_something();

  [[nodiscard]] std::uint32_t below(std::uint32_t limit);
  [[nodiscard]] LineId any_line();
  [[nodiscard]] std::vector<LineId> some_lines();
  [[nodiscard]] LineSettings any_settings();
  [[nodiscard]] core::Lifetime any_lifetime();
  [[nodiscard]] core::Access any_access();
  [[nodiscard]] const core::Lease* any_lease();
  [[nodiscard]] static std::string spec_of(LineId line);
  [[nodiscard]] static Specs specs_of(const std::vector<LineId>& lines);

  /// Enters that a line of a lease should be as its lease says, or that nobody can tell.
  void expect_settings(const std::vector<LineId>& lines, bool known);

  void expect_order_of(LineId line);

  core::Lifetimes lifetimes_{broker_};
  core::Edges edges_{broker_};
  core::Transfer transfer_{broker_};
  std::map<LeaseId, std::uint64_t> heard_;  // the number of the last edge that each lease took
  std::mt19937* random_ = nullptr;
  std::set<LineId> outside_;             // lines that another program has
  std::set<LineId> dark_;                // lines in quarantine that were not driven before
  std::set<LineId> left_driven_;         // lines that another program left driven
  std::map<LineId, LineSettings> sure_;  // leased lines of which is known what they must be
};

}  // namespace gpiobroker::test
