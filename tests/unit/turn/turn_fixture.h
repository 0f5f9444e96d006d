// SPDX-License-Identifier: GPL-2.0-or-later
// A turn over a broker on fake chips, driven by hand, and one who listens.
#pragma once

#include "support/pass_time.h"
#include "turn/turn.h"
#include "unit/broker/line_taking_fixture.h"

namespace gpiobroker::test {

/// Writes down what it is told, in words.
class RecordingListener : public turn::Listener {
 public:
  void changed(const core::Change& change, Instant /*now*/) override {
    for (const LeaseId id : change.granted) add("granted", id);
    for (const core::Transferred& lease : change.transferred) add("transferred", lease.id);
    for (const LeaseId id : change.taken_over) add("taken over", id);
    for (const core::EndedLease& lease : change.ended) add(to_word(lease.reason), lease.id);
  }
  void served(const core::Served& waiter) override {
    words.push_back(waiter.outcome ? "served" : "refused");
  }
  void edges_came(const std::set<LeaseId>& leases) override {
    for (const LeaseId id : leases) add("edges of", id);
  }
  void client_gone(const core::ClientName& client) override {
    words.push_back("gone " + client.value);
  }
  [[nodiscard]] std::optional<Instant> next_due() const override { return due; }
  void on_time(Instant /*now*/) override {
    words.emplace_back("on time");
    due.reset();
  }

  std::vector<std::string> words;
  std::optional<Instant> due;

 private:
  void add(const std::string& what, LeaseId id) {
    words.push_back(what + " " + std::to_string(id.value));
  }
};

class TurnTest : public SharingTest {
 protected:
  TurnTest() { turn_.add(listener_); }

  void follow_up() { test::follow_up(turn_, now_); }

  void pass_to(Instant time) { pass_time(turn_, now_, time); }

  LeaseId grant(const Client& holder, const core::AcquireRequest& request) {
    const LeaseId id = broker_.acquire(holder, request, now_).value();
    turn_.settle({}, now_);
    return id;
  }

  LeaseId grant(const Client& holder) {
    return grant(holder, {.lines = {{"GPIO17", kHigh}}, .consumer = ""});
  }

  void wait_for_line(const Client& holder, Instant longest) {
    core::AcquireRequest request{.lines = {{"GPIO17", kHigh}}, .consumer = ""};
    request.wait = longest;
    EXPECT_THAT(broker_.waiting().acquire(holder, request, now_), Succeeds());
    turn_.settle({}, now_);
  }

  /// What the listener was told since the last call.
  std::vector<std::string> told() { return std::exchange(listener_.words, {}); }

  Instant now_ = kNow;
  RecordingListener listener_;
  turn::Turn turn_{broker_};
};

}  // namespace gpiobroker::test
