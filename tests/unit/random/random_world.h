// SPDX-License-Identifier: GPL-2.0-or-later
// Clients, other programs and faults that do at random what they can do, and the rules that hold.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "core/broker/broker.h"
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {

/// The same numbers make the same story on every machine.
class RandomWorld : public BrokerTest {
 protected:
  RandomWorld() { look_at_chips(); }

  /// Where the decisions come from: a generator of random numbers, or a fuzzer.
  using Numbers = std::function<std::uint32_t()>;

  /// Does one thing that somebody could do, and tells of it in story_.
  void step(const Numbers& numbers);

  /// What holds at any time.
  void expect_order();

  /// Mends everything, sends everybody home, and expects that nothing is left behind.
  void expect_a_clean_end();

  std::vector<std::string> story_;
  Instant now_ = kNow;
  Instant longest_pause_ = std::chrono::seconds(10);  // the most that passes in a step

 private:
  void acquire_some();
  void wait_for_some();
  void serve();
  void release_some();
  void set_some();
  void reconfigure_some();
  void read_some();
  void say_goodbye();
  void revoke_some();
  void retry();
  void let_time_pass();
  void end_a_process();
  void break_something();
  void mend_something();
  void use_from_outside();
  void leave_driven();
  void move_a_pin();
  void plug_or_unplug();
  void plug_in_expander();
  void choose_safe_states();
  void hear_of_edges();
  void transfer_something();
  void open_directly();
  void drive_directly();
  void close_directly();
  void say_what_is_closed();
  void leave_a_child();
  void die();
  void hear_of_others();

  [[nodiscard]] std::uint32_t below(std::uint32_t limit);
  [[nodiscard]] LineId any_line();
  [[nodiscard]] std::vector<LineId> some_lines();
  [[nodiscard]] const Client& any_client();
  [[nodiscard]] LineSettings any_settings();
  [[nodiscard]] core::Lifetime any_lifetime();
  [[nodiscard]] core::Access any_access();
  [[nodiscard]] core::SafeState any_safe_state();
  [[nodiscard]] std::string any_odd_name();
  [[nodiscard]] core::AcquireRequest any_request(const std::vector<LineId>& lines);
  [[nodiscard]] const core::Lease* any_lease();
  /// Its name, if it is called so alone, for every other line; else its chip and offset.
  [[nodiscard]] std::string spec_of(LineId line) const;
  [[nodiscard]] Specs specs_of(const std::vector<LineId>& lines) const;
  [[nodiscard]] bool is_safe_as_input(LineId line) const;

  /// Enters the lines of the chips that are there.
  void look_at_chips();

  /// A lease was granted.
  void expect_granted(LeaseId id);

  /// Enters that a line of a lease should be as its lease says, or that nobody can tell.
  void expect_settings(const std::vector<LineId>& lines, bool known);

  void expect_order_of(LineId line);
  void expect_order_of_driving(LineId line, bool has_somebody);
  void expect_no_other_can_drive(LineId line);

  /// A duplicate of the kernel request of a direct lease, of whom it was given to or a child.
  struct Kept {
    FakeDuplicate descriptor;
    core::ChipId chip;
    LeaseId lease;
    core::ClientName opener;  // none: it is a child's

    [[nodiscard]] bool has(LineId line) const;
  };
  [[nodiscard]] Kept* any_kept();
  [[nodiscard]] bool is_kept(LineId line) const;

  core::LeaseExpiry& lifetimes_ = broker_.expiry();
  core::Edges& edges_ = broker_.edges();
  core::Transfer& transfer_ = broker_.transfer();
  core::Waiting& waiting_ = broker_.waiting();
  std::vector<LineId> lines_;               // that take part
  std::map<LeaseId, std::uint64_t> heard_;  // the number of the last edge that each lease took
  const Numbers* numbers_ = nullptr;
  std::set<LineId> outside_;  // lines that another program has
  std::set<LineId> dark_;     // lines in quarantine that were not driven before
  std::vector<Kept> kept_;
  std::set<LineId> unheard_;             // lines that were configured by a duplicate since the news
  std::set<LineId> may_be_driven_;       // lines that may be driven though nobody has them
  std::map<LineId, LineSettings> sure_;  // leased lines of which is known what they must be
};

}  // namespace gpiobroker::test
