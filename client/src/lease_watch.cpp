// SPDX-License-Identifier: LGPL-2.1-or-later
// Signals say that something may have happened; the broker is asked whether it did. Where it told
// us itself, there is nothing to ask.
#include "gpiobroker/lease_watch.h"

#include <optional>

#include "hear_signal.h"
#include "src/lease_body.h"

namespace gpiobroker {
namespace {

std::string broker_left(const std::string& broker) {
  return "path='/org/freedesktop/DBus',interface='org.freedesktop.DBus',"
         "member='NameOwnerChanged',arg0='" +
         broker + "',arg2=''";
}

std::string lease_removed(const std::string& lease) {
  return std::string("path='") + detail::kRootPath +
         "',interface='org.freedesktop.DBus.ObjectManager',member='InterfacesRemoved',arg0path='" +
         lease + "'";
}

/// What the holder alone is told, and why in the words of who revoked it.
Error end_told_by(sdbus::Message message) {
  std::string reason;
  std::string details;
  message >> reason >> details;
  const bool with_broker = reason == "shutdown";
  if (!details.empty()) reason += ": " + details;
  return {with_broker ? kNoBroker : kNoSuchLease, "the lease is over: " + reason};
}

}  // namespace

class LeaseWatch::Body {
 public:
  explicit Body(const Lease::Body& lease)
      : lease_(lease.connection, lease.broker, lease.path, lease.lives_on),
        broker_left_(doubt_when(kBus, broker_left(lease.broker))),
        lease_removed_(doubt_when(lease.broker, lease_removed(lease.path))),
        lease_ended_(lease_.watch(
            "Ended", [this](const sdbus::Message& told) { end_ = end_told_by(told); })) {}

  [[nodiscard]] Pollable pollable() const { return lease_.connection->pollable(); }

  void check() {
    lease_.connection->process();
    if (end_) throw Error(*end_);
    if (!in_doubt_) return;
    lease_.carry_out([](auto& proxy) { return proxy.Id(); });
    in_doubt_ = false;
  }

 private:
  sdbus::Slot doubt_when(const std::string& sender, const std::string& rule) {
    return lease_.connection->watch(sender, rule,
                                    [this](const sdbus::Message&) { in_doubt_ = true; });
  }

  Lease::Body lease_;
  bool in_doubt_ = true;  // what happened before the matches were in place, they do not tell
  std::optional<Error> end_;
  sdbus::Slot broker_left_;
  sdbus::Slot lease_removed_;
  sdbus::Slot lease_ended_;
};

LeaseWatch::LeaseWatch(const Lease& lease) : body_(std::make_unique<Body>(lease.body())) {
  check();
}

LeaseWatch::~LeaseWatch() = default;

Pollable LeaseWatch::pollable() const {
  return body_->pollable();
}

void LeaseWatch::check() {
  body_->check();
}

}  // namespace gpiobroker
