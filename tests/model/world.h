// SPDX-License-Identifier: GPL-2.0-or-later
// The broker's core with all that surrounds it: chips, a ledger's store, clients, and time.
#pragma once

#include <array>
#include <bit>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/broker/broker.h"
#include "model/step.h"
#include "model/store.h"
#include "support/fake_chip.h"
#include "turn/turn.h"

namespace gpiobroker::test {

/// Two lines of one chip, and one of another.
inline constexpr std::array<core::LineId, 3> kModelLines{
    core::LineId{{0}, {0}}, core::LineId{{0}, {1}}, core::LineId{{1}, {0}}};
inline constexpr core::Instant kMinute = std::chrono::minutes(1);

/// The first of the lines of a step.
[[nodiscard]] inline core::LineId line_of(const Step& step) {
  return kModelLines.at(static_cast<std::size_t>(std::countr_zero(step.lines)));
}

/// How much of everything there is: what keeps the world finite.
struct Size {
  unsigned clients = 2;
  unsigned lines = 2;
  unsigned leases_of_client = 3;  ///< at a time
  unsigned waits_of_client = 1;   ///< at a time
  core::SafeStates safe_states = {};
  bool hears_late = false;  ///< what the chips tell, and not in the same turn

  /// As a step names them, a bit each.
  [[nodiscard]] std::uint8_t all_lines() const {
    return static_cast<std::uint8_t>((1U << lines) - 1);
  }
};

/// What a broker is made of, for as long as it lives.
struct BrokerUnderTest {
  BrokerUnderTest(const std::array<FakeChip, 2>& chips, Store& store, CrashPoint& crash_point,
                  turn::Listener& listener);

  core::Board board;
  core::Broker broker;
  turn::Turn turn{broker};
  core::Waiting& waiting = broker.waiting();
  core::LeaseExpiry& lifetimes = broker.expiry();
  core::Transfer& transfer = broker.transfer();
};

/// A duplicate of a kernel request that was leased directly.
struct KeptDuplicate {
  FakeDuplicate descriptor;
  core::ChipId chip;
  core::LeaseId lease;
  core::ClientName opener;

  [[nodiscard]] std::vector<core::LineId> lines() const {
    std::vector<core::LineId> lines;
    for (const core::Offset offset : descriptor.lines()) lines.push_back({chip, offset});
    return lines;
  }
};

/// Calls the core as bus/ and app/ do; what follows is the same turn as theirs.
class World : public turn::Listener {
 public:
  explicit World(const Size& size);

  /// Whether that can be done now and may make a difference.
  [[nodiscard]] bool allows(const Step& step) const;

  /// Does it. Returns false if the broker was killed in the middle of it.
  bool perform(const Step& step);

  /// Mends all, has everybody go and their time run out, and somebody have all lines once more:
  /// that is refused if anything is in the way.
  void send_everybody_home();

  [[nodiscard]] const Size& size() const { return size_; }
  [[nodiscard]] const BrokerUnderTest* under_test() const {
    return under_test_ ? &*under_test_ : nullptr;
  }
  [[nodiscard]] const Store& store() const { return store_; }
  [[nodiscard]] core::Instant now() const { return now_; }
  [[nodiscard]] core::PinState pin(core::LineId line) const { return chip(line).pin(line.offset); }
  [[nodiscard]] core::LineInfo info(core::LineId line) const {
    return chip(line).line(line.offset);
  }
  [[nodiscard]] const std::vector<core::LineNews>& news(core::LineId line) const {
    return chip(line).news();
  }
  [[nodiscard]] bool is_broken(core::LineId line) const { return broken_.contains(line); }
  [[nodiscard]] bool is_lied_about(core::LineId line) const { return lied_about_.contains(line); }

  /// A client, as the connection that it is now.
  [[nodiscard]] core::Client connection_of(unsigned client) const;
  [[nodiscard]] static unsigned client_of(const core::Client& holder);

  /// Those that clients have themselves, and the one that a child has inherited.
  [[nodiscard]] const std::map<unsigned, KeptDuplicate>& own_duplicates() const { return own_; }
  [[nodiscard]] const std::optional<KeptDuplicate>& childs_duplicate() const { return child_; }

  /// What was wrong with how waiters were served, if anything ever was.
  [[nodiscard]] const std::optional<std::string>& out_of_turn() const { return out_of_turn_; }

  /// Whether the last acquire was refused.
  [[nodiscard]] bool was_refused() const { return refused_; }

 private:
  [[nodiscard]] const FakeChip& chip(core::LineId line) const { return chips_.at(line.chip.value); }
  [[nodiscard]] FakeChip& chip(core::LineId line) { return chips_.at(line.chip.value); }
  [[nodiscard]] bool allows_acquire(const Step& step) const;
  [[nodiscard]] bool allows_use(const Step& step) const;
  [[nodiscard]] bool has_anything(unsigned client) const;
  [[nodiscard]] std::optional<core::LeaseId> lease_of(const Step& step) const;

  /// Nobody may be served before one who came earlier and waits for one of its lines.
  void served(const core::Served& waiter) override;

  [[nodiscard]] std::size_t unheard() const;
  void hear();
  [[nodiscard]] bool allows_with_duplicate(const Step& step) const;
  [[nodiscard]] bool can_drive(const KeptDuplicate& duplicate, core::LineId line) const;

  void do_with_broker(const Step& step);
  void do_with_duplicates(const Step& step);
  void open(const Step& step);
  void close_direct(const Step& step);
  void die(const Step& step);
  void go(unsigned client);
  void drive(KeptDuplicate& duplicate, core::LineId line);
  void acquire(const Step& step);
  void pass_time();
  void do_to_hardware(const Step& step);
  void start_broker();
  void settle(core::Result<core::Change> change);
  void follow_up();

  Size size_;
  CrashPoint crash_point_;
  Store store_{crash_point_};
  std::array<FakeChip, 2> chips_;
  std::vector<unsigned> connections_;  // of each client: how many it has had
  std::set<core::LineId> broken_;
  std::set<core::LineId> lied_about_;
  std::map<unsigned, KeptDuplicate> own_;  // of each client that has one
  std::optional<KeptDuplicate> child_;
  core::Instant now_ = std::chrono::hours(1);
  bool refused_ = false;
  std::optional<std::string> out_of_turn_;
  std::optional<BrokerUnderTest> under_test_;
};

}  // namespace gpiobroker::test
