// SPDX-License-Identifier: GPL-2.0-or-later
// Takes lines for a lease, and asks the kernel for the edges that all leases on a line want.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/broker/edges.h"
#include "core/broker/state.h"
#include "core/chip/acquisition.h"

namespace gpiobroker::core {

/// Acts on a broker's lines when leases come to them and leave them.
///
/// A line is taken from the kernel with the first lease that is no observer's, and reset and given
/// back with the last. In between only its edge detection changes: the kernel is asked for both
/// edges of a shared line as soon as one holder wants any, and each gets those that it selected. To
/// go from one edge to both would stop the kernel's detector for a moment, in which those who
/// stay could miss one; to go from none to both, or back, costs nobody anything. For the same
/// reason observers get what the holder of an exclusive line selected, and their own choice only
/// where it selected nothing.
///
/// Who only looks on never makes a holder's call fail: where the chip refuses edges that observers
/// alone want, the holder is served without, and the broker notes the line as one without edges.
/// Of a line of a direct lease the kernel tells those that its holder selected: once the lease is
/// opened they are read by the holder, and nobody else hears of any.
class LineTaking {
 public:
  LineTaking(BrokerState& state, Edges& edges) : state_(state), edges_(edges) {}

  /// Takes and configures what of the lines nobody has yet, and has the kernel detect edges of the
  /// others if need be. All of it or nothing; see core/chip/acquisition.h.
  Result<void> take(const AcquireRequest& request, std::span<const LineWithSettings<LineId>> lines,
                    std::string_view consumer, Instant now);

  /// Whether a lease has a line that nobody has beside it, observers not counted. Never of a lease
  /// that only observes.
  [[nodiscard]] bool has_alone(const Lease& lease, LineId line) const;

  /// Has the kernel detect the edges that somebody wants of the lines, as far as it can, and notes
  /// where it cannot.
  void refresh_edges(std::span<const LineId> lines);

  enum class Observers { heard, left_out };

  /// What the kernel is to be set to for a line of a lease with these settings.
  [[nodiscard]] LineSettings for_kernel(const Lease& lease, LineId line, LineSettings settings,
                                        Observers observers) const;

 private:
  struct Wish {
    Access access;
    Edge edge;
  };

  [[nodiscard]] static Edge edge_for(std::span<const Wish> wishes);
  /// What those want who have the line, but for one of them.
  [[nodiscard]] std::vector<Wish> wishes_on(LineId line, const Lease* but = nullptr) const;
  [[nodiscard]] bool is_direct(LineId line) const;
  [[nodiscard]] bool is_opened(LineId line) const;
  [[nodiscard]] bool is_held(LineId line) const { return state_.leases.of_line(line) != nullptr; }
  void note_edges(LineId line);
  Result<void> join(const AcquireRequest& request, std::span<const LineWithSettings<LineId>> lines);
  Result<void> take_fresh(const std::vector<LineWithSettings<LineId>>& lines, const HowToTake& how,
                          Instant now);
  void give_up(std::vector<LineId> lines, std::vector<FailedReset> stuck, Instant now);

  BrokerState& state_;
  Edges& edges_;
};

}  // namespace gpiobroker::core
