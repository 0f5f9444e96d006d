// SPDX-License-Identifier: GPL-2.0-or-later
// A broker that hands requests out, and clients that drive lines by what they were given.
#pragma once

#include "unit/broker/broker_fixture.h"
#include "unit/chip/fake_ledger.h"

namespace gpiobroker::test {

using std::chrono::milliseconds;

/// Past the times for which the broker waits: that for a dead holder's children to show, that for a
/// killed process to be seen dead, and that for quiet.
inline constexpr Instant kObserved = milliseconds(20);
inline constexpr Instant kOutOfPatience = milliseconds(200);
inline constexpr Instant kQuiet = std::chrono::seconds(2);

/// The lines of which people are told that somebody may have them.
inline std::vector<LineId> told_of(const core::Change& change) {
  std::vector<LineId> lines;
  for (const core::HeldBack& each : change.held_back) lines.push_back(each.line);
  return lines;
}

class DirectTest : public BoardTest {
 protected:
  DirectTest() { broker_.set_policy(default_policy()); }

  static core::AcquireRequest request_for(const Specs& lines, const LineSettings& settings) {
    core::AcquireRequest request;
    for (const std::string& line : lines) request.lines.push_back({line, settings});
    request.direct = true;
    return request;
  }

  core::Result<LeaseId> acquire(const Client& holder, const Specs& lines,
                                const LineSettings& settings = kHigh) {
    return broker_.acquire(holder, request_for(lines, settings), now_);
  }

  core::Result<LeaseId> acquire_plainly(const Client& holder, const Specs& lines) {
    core::AcquireRequest request = request_for(lines, kHigh);
    request.direct = false;
    return broker_.acquire(holder, request, now_);
  }

  LeaseId open(const Client& holder, const Specs& lines, const LineSettings& settings = kHigh) {
    const LeaseId id = acquire(holder, lines, settings).value();
    EXPECT_THAT(broker_.direct().open(holder, id), Succeeds());
    return id;
  }

  FakeDuplicate duplicate(LineId line) { return fake(line).duplicate(line.offset); }

  core::Change release(const Client& caller, LeaseId lease, const Specs& lines = {}) {
    return broker_.release(caller, lease, lines, now_).value();
  }
  core::Change revoke(const char* line) {
    return broker_.revoke(kRoot, line, "enough", now_).value();
  }
  core::Change close_direct(const Client& caller, LeaseId lease) {
    return broker_.direct().let_go(caller, lease, now_).value();
  }

  /// A client's bus connection is gone, and its process has ended.
  core::Change die(const Client& client) {
    core::Change change = broker_.goodbye(client.name, now_);
    change.add(broker_.direct().opener_gone(client.name, now_));
    return change;
  }

  /// Reads what the kernel tells.
  core::Change hear() {
    core::Change change;
    for (const LineId line : {kGpio17, kExp3}) {
      change.add(broker_.outside().read(line.chip, now_));
    }
    return change;
  }

  core::Change wait(Instant time) {
    now_ += time;
    return broker_.retry_resets(now_);
  }

  [[nodiscard]] bool is_held_back(LineId line) const {
    const auto* entry = broker_.quarantine().find(line);
    return entry != nullptr && entry->cause == core::Quarantine::Cause::duplicate;
  }

  /// Whether nothing is left of a direct lease of the line.
  [[nodiscard]] bool is_free(LineId line) {
    return is_safe(line) && !info(line).used && broker_.quarantine().find(line) == nullptr &&
           broker_.outstanding().with(line) == nullptr && !ledger_.written.lines.contains(line) &&
           !ledger_.written.handed_out.contains(line) && !fake(line).is_watched_apart(line.offset);
  }

  FakeLedger ledger_{record_};
  core::Broker broker_{board_, ledger_, {}};
  Instant now_ = kNow;
};

/// Who was killed, perhaps with a child that has inherited its descriptors.
class ADeadHolder : public DirectTest {
 protected:
  void hold(const Specs& lines) {
    lease_ = open(kAlice, lines);
    child_ = duplicate(kGpio17);
  }

  LeaseId lease_{};
  std::optional<FakeDuplicate> child_;
};

}  // namespace gpiobroker::test
