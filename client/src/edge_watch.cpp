// SPDX-License-Identifier: LGPL-2.1-or-later
// Takes the broker's signals, which are sent to this connection alone.
#include "gpiobroker/edge_watch.h"

#include <utility>

#include "src/edge_messages.h"
#include "src/lease_body.h"

namespace gpiobroker {
class EdgeWatch::Body {
 public:
  Body(const Lease& lease, const Lease::Body& body)
      : lease_(body.connection, body.broker, body.path, body.lives_on),
        end_(lease),
        edges_seen_(lease_.watch("EdgesSeen", [this](sdbus::Message signal) { enter(signal); })),
        start_(
            lease_.carry_out([](auto& proxy) { return detail::from_wire(proxy.WatchEdges()); })) {}

  [[nodiscard]] const std::vector<LineStanding>& start() const { return start_; }
  [[nodiscard]] const std::map<std::string, std::uint64_t>& lost() const { return lost_; }
  [[nodiscard]] Pollable pollable() const { return lease_.connection->pollable(); }

  std::vector<EdgeEvent> take() {
    end_.check();
    return std::exchange(edges_, {});
  }

 private:
  void enter(sdbus::Message& signal) {
    std::vector<detail::EdgeMessage> edges;
    std::map<std::string, std::uint64_t> lost;  // a map that is read into keeps what it has
    signal >> edges >> lost;
    lost_ = std::move(lost);
    const std::vector<EdgeEvent> events = detail::from_wire(edges);
    edges_.insert(edges_.end(), events.begin(), events.end());
  }

  Lease::Body lease_;
  LeaseWatch end_;
  std::vector<EdgeEvent> edges_;  // those that nobody has taken
  std::map<std::string, std::uint64_t> lost_;
  sdbus::Slot edges_seen_;
  std::vector<LineStanding> start_;
};

EdgeWatch::EdgeWatch(const Lease& lease) : body_(std::make_unique<Body>(lease, lease.body())) {}

EdgeWatch::~EdgeWatch() = default;

const std::vector<LineStanding>& EdgeWatch::start() const {
  return body_->start();
}

Pollable EdgeWatch::pollable() const {
  return body_->pollable();
}

std::vector<EdgeEvent> EdgeWatch::take() {
  return body_->take();
}

const std::map<std::string, std::uint64_t>& EdgeWatch::lost() const {
  return body_->lost();
}

}  // namespace gpiobroker
