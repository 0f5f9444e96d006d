// SPDX-License-Identifier: GPL-2.0-or-later
// A broker whose lines have several leases on them, and edges.
#pragma once

#include "core/broker/broker.h"
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {

inline constexpr LineSettings kButton{
    .direction = core::Direction::input, .edge = core::Edge::both, .bias = core::Bias::pull_up};
inline constexpr LineSettings kWatch{.edge = core::Edge::both};  // of an observer

class SharingTest : public BrokerTest {
 protected:
  core::Result<LeaseId> acquire_as(core::Access access, const Client& holder,
                                   const LineSettings& settings, const Specs& lines = {"GPIO17"}) {
    core::AcquireRequest request;
    request.access = access;
    for (const std::string& line : lines) request.lines.push_back({line, settings});
    return broker_.acquire(holder, request, kNow);
  }

  LeaseId share(const Client& holder, const LineSettings& settings = kButton) {
    return acquire_as(core::Access::shared, holder, settings).value();
  }

  LeaseId observe(const Client& holder, const LineSettings& settings = kWatch) {
    return acquire_as(core::Access::observe, holder, settings).value();
  }

  /// Something outside puts levels on GPIO17, one after the other, and the broker hears of it.
  void drive(const std::vector<bool>& levels) {
    for (const bool high : levels) pi_.drive(kGpio17.offset, high);
    read();
  }
  void read() {
    if (auto* request = broker_.held().request_with(kGpio17)) edges_.read(request->id(), kNow);
  }

  /// What a lease has to hear: "rising 1", with the number on the line.
  std::vector<std::string> heard(LeaseId lease) {
    std::vector<std::string> words;
    for (const core::EdgeEvent& edge : edges_.take(lease, 1000)) {
      words.push_back(std::string(to_word(edge.kind)) + " " + std::to_string(edge.line_sequence));
    }
    return words;
  }

  /// The edges of GPIO17 that the kernel is asked for.
  core::Edge edge_in_kernel() { return info(kGpio17).settings.edge; }

  core::Edges& edges_ = broker_.edges();
};

}  // namespace gpiobroker::test
