// SPDX-License-Identifier: GPL-2.0-or-later
// What follows a change, in the order in which it follows, and what is due with time.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "core/broker/broker.h"
#include "core/broker/counters.h"
#include "turn/expiry_watch.h"
#include "turn/listener.h"

namespace gpiobroker::turn {

/// Collects what operations of the broker change, and tells it to all listeners once in a turn of
/// the loop: after the call that made it is answered, and before the next message is read. Serves
/// those who wait for lines, hands on edges, and knows everything of the broker's that is due at a
/// time.
///
/// Knows no loop: takes time as a value, and says what it wants to have called. LoopTurn does that,
/// and so do tests.
class Turn {
 public:
  explicit Turn(core::Broker& broker) : broker_(broker), expiry_(broker.expiry()) {}

  /// Tells the listener of all that comes, after those that were added before. It has to be there
  /// as long as anything of this is called.
  void add(Listener& listener) { listeners_.push_back(&listener); }

  /// Counts what an operation changed, and what it changed beside that
  /// (Broker::take_side_effects()).
  void settle(core::Change change, core::Instant now);

  /// A client has left the bus: the only road for its end.
  void client_gone(const core::ClientName& client, core::Instant now);

  /// A kernel request has edges to read. They are read in the follow-up: this may be called in the
  /// middle of an operation.
  void edges_ready(core::RequestId request) { ready_.insert(request); }

  /// A chip has news of its lines to read, in the same way.
  void news_ready(core::ChipId chip) { with_news_.insert(chip); }

  /// Whether follow_up() is to be called, before anything else happens.
  [[nodiscard]] bool wants_follow_up() const;
  void follow_up(core::Instant now);

  /// In the place of the last follow_up(): nobody is given lines any more.
  void finish(core::Instant now) { tell(now); }

  /// When on_time() is to be called, or nothing.
  [[nodiscard]] std::optional<core::Instant> next_due() const;
  void on_time(core::Instant now);

  /// Whether on_quiet() is to be called once nothing else is to be done.
  [[nodiscard]] bool waits_for_quiet() const { return expiry_.waits_for_quiet(); }
  void on_quiet(core::Instant now);

  /// Whether lines were reset since the last note_reset_time(), which says how long after the cause
  /// that was done.
  [[nodiscard]] bool has_reset() const { return has_reset_; }
  void note_reset_time(core::Instant took);

  void note_refused(const std::string& error) { ++counters_.refused[error]; }
  void note_unsent() { ++counters_.unsent; }
  [[nodiscard]] const core::Counters& counters() const { return counters_; }

 private:
  void look_after(const core::Lease& lease, core::Instant now);
  void read_news(core::Instant now);
  void read_edges(core::Instant now);
  void tell(core::Instant now);
  void tell_served(const std::vector<core::Served>& served, core::Instant now);
  void hand_on_edges();
  void tell_timeouts(core::Instant now);

  core::Broker& broker_;
  ExpiryWatch expiry_;
  std::vector<Listener*> listeners_;
  core::Counters counters_;
  core::Change untold_;
  bool is_unsettled_ = false;  // whether there was a change since the last follow-up
  bool has_reset_ = false;
  std::set<core::RequestId> ready_;            // requests with edges to read
  std::set<core::ChipId> with_news_;           // chips with news to read
  std::optional<core::Instant> edge_timeout_;  // when the next is due at the earliest
};

}  // namespace gpiobroker::turn
