// SPDX-License-Identifier: GPL-2.0-or-later
// Words each event, and names the journal fields that go with it.
#include "app/event_log.h"

#include <vector>

#include <spdlog/spdlog.h>

#include "app/journal_sink.h"
#include "core/base/text.h"

namespace gpiobroker::app {
namespace {

using Fields = std::vector<std::string>;

// One for each kind of line, made by `systemd-id128 new`; they never change.
constexpr const char* kGranted = "MESSAGE_ID=9f7bfad7af724c849896d3c6433bb1f6";
constexpr const char* kRefused = "MESSAGE_ID=76533e0cdf384c24b8afb8168fd835eb";
constexpr const char* kTransferred = "MESSAGE_ID=5d0c4b8f1e7a4c2f9a36d2b7e9f0c814";
constexpr const char* kEnded = "MESSAGE_ID=17923d1ccaa446c58b66b74dbcdb5ed1";
constexpr const char* kQuarantined = "MESSAGE_ID=0bafbfc7c15549ebb4c7362af211ac74";
constexpr const char* kRecovered = "MESSAGE_ID=7f021b267f734781bbaceab9203f232b";
constexpr const char* kUnreadable = "MESSAGE_ID=afb6e05943dd4a85ae8de33c3c16f340";
constexpr const char* kReadableAgain = "MESSAGE_ID=bc45e4829e6842808566ca337c9d6fcd";
constexpr const char* kSlow = "MESSAGE_ID=6299e09d6c9e4e168b7efbd4a1099eb8";
constexpr const char* kWell = "MESSAGE_ID=494ee2ba1b114e99b359fdfb5b186d42";
constexpr const char* kUnsent = "MESSAGE_ID=7105381534284eb79693f76db4b54ed9";
constexpr const char* kUndone = "MESSAGE_ID=1d4f5acd40a14618b95bea960bdfcc28";
constexpr const char* kNotParked = "MESSAGE_ID=a810c6e9bb40410d8f01de3854b02c20";

std::string field(const char* name, const std::string& value) {
  return std::string("GPIOBROKER_") + name + "=" + value;
}

std::string lease_field(core::LeaseId id) {
  return field("LEASE", std::to_string(id.value));
}

void add_holder(Fields& fields, const core::Client& holder) {
  fields.push_back(field("HOLDER", holder.name.value));
  if (holder.uid == core::kUnknownUser) return;
  fields.push_back(field("HOLDER_UID", std::to_string(holder.uid)));
  fields.push_back(field("HOLDER_PID", std::to_string(holder.pid)));
  fields.push_back(field("HOLDER_COMMAND", holder.command));
  if (!holder.unit.empty()) fields.push_back(field("HOLDER_UNIT", holder.unit));
}

std::string joined(const core::ChipSet& chips, const std::vector<core::LineId>& lines) {
  std::string names;
  for (const core::LineId line : lines) names += (names.empty() ? "" : ", ") + chips.describe(line);
  return names;
}

std::string told_of(std::uint64_t left_out, const std::string& whom) {
  if (left_out == 0) return {};
  return " (" + std::to_string(left_out) + " lines about " + whom +
         " were left out before this one)";
}

std::string told_of(std::uint64_t left_out, std::uint32_t uid) {
  const bool known = uid != core::kUnknownUser;
  return told_of(left_out, known ? "user " + std::to_string(uid) : "unknown users");
}

}  // namespace

void EventLog::granted(const core::Lease& lease, core::Instant now) {
  const auto left_out = pace_.admit(lease.holder.uid, now);
  if (!left_out) return;
  const std::string lines = joined(broker_.board().chips(), lease.line_ids());
  Fields fields{kGranted, lease_field(lease.id), field("LINES", lines)};
  add_holder(fields, lease.holder);
  const JournalFields scope(std::move(fields));
  spdlog::info("lease {} granted to {} ({}): {}{}", lease.id.value, lease.holder.name.value,
               core::describe(lease.holder), lines, told_of(*left_out, lease.holder.uid));
}

void EventLog::refused(const core::Client& caller, const RefusedCall& call, core::Instant now) {
  const auto left_out = pace_.admit(caller.uid, now);
  if (!left_out) return;
  Fields fields{kRefused, field("METHOD", call.method), field("REASON", call.error)};
  add_holder(fields, caller);
  const JournalFields scope(std::move(fields));
  spdlog::info("refused {} to {} ({}): {}: {}{}", call.method, caller.name.value,
               core::describe(caller), call.error, call.message, told_of(*left_out, caller.uid));
}

void EventLog::transferred(const core::Transferred& moved, core::Instant now) {
  const core::Client& to = moved.to;
  const auto left_out = pace_.admit(to.uid, now);
  if (!left_out) return;
  Fields fields{kTransferred, lease_field(moved.id)};
  add_holder(fields, to);
  const JournalFields scope(std::move(fields));
  spdlog::info("lease {} of {} transferred to {} ({}){}", moved.id.value, moved.from.name.value,
               to.name.value, core::describe(to), told_of(*left_out, to.uid));
}

void EventLog::changed(const core::Change& change, core::Instant now) {
  for (const core::LeaseId id : change.granted) {
    if (const core::Lease* lease = broker_.leases().find(id)) granted(*lease, now);
  }
  for (const core::Transferred& moved : change.transferred) transferred(moved, now);
  for (const core::EndedLease& lease : change.ended) ended(lease, now);
  for (const core::FailedReset& failure : change.quarantined) quarantined(failure, now);
  for (const core::HeldBack& each : change.held_back) held_back(each);
  for (const core::LineId line : change.undone) undone(line, now);
  for (const core::ParkFailure& failure : change.park_failures) not_parked(failure);
  for (const core::LineId line : change.recovered) recovered(line);
}

void EventLog::ended(const core::EndedLease& lease, core::Instant now) {
  const auto left_out = pace_.admit(lease.holder.uid, now);
  if (!left_out) return;
  const std::string lines = joined(broker_.board().chips(), lease.lines);
  Fields fields{kEnded, lease_field(lease.id), field("LINES", lines),
                field("REASON", core::to_word(lease.reason))};
  add_holder(fields, lease.holder);
  const JournalFields scope(std::move(fields));
  const std::string details = lease.details.empty() ? "" : " " + core::in_quotes(lease.details);
  spdlog::info("lease {} of {} ended: {}{}{}", lease.id.value, lease.holder.name.value,
               core::to_word(lease.reason), details, told_of(*left_out, lease.holder.uid));
}

/// Never left out, but where somebody makes it fail again and again.
void EventLog::quarantined(const core::FailedReset& failure, core::Instant now) {
  const bool is_anybodys = broker_.outstanding().with(failure.line) != nullptr;
  if (is_anybodys && !pace_of_chips_.admit(failure.line.chip.value, now)) return;
  const std::string line = broker_.board().chips().describe(failure.line);
  const JournalFields scope({kQuarantined, field("LINES", line), field("REASON", failure.why)});
  spdlog::error("line {} could not be reset and is in quarantine: {}", line, failure.why);
}

void EventLog::held_back(const core::HeldBack& held) {
  const std::string line = broker_.board().chips().describe(held.line);
  const JournalFields scope({kQuarantined, field("LINES", line), field("REASON", held.why)});
  spdlog::warn("line {} is reset, and in quarantine: {}", line, held.why);
}

void EventLog::undone(core::LineId line, core::Instant now) {
  const auto left_out = pace_of_chips_.admit(line.chip.value, now);
  if (!left_out) return;
  const std::string name = broker_.board().chips().describe(line);
  const JournalFields scope({kUndone, field("LINES", name)});
  spdlog::warn(
      "line {} was configured by whoever keeps a descriptor of a direct lease; it is reset again{}",
      name, told_of(*left_out, "its chip"));
}

void EventLog::not_parked(const core::ParkFailure& failure) {
  const std::string line = broker_.board().chips().describe(failure.line);
  const JournalFields scope({kNotParked, field("LINES", line), field("REASON", failure.why)});
  spdlog::warn("line {} is not parked: {}", line, failure.why);
}

void EventLog::line_unreadable(core::LineId line, const core::Refusal& why, core::Instant now) {
  if (why.reason == core::Reason::chip_gone) return;  // which is told as such
  const auto left_out = pace_of_chips_.admit(line.chip.value, now);
  if (!left_out) return;
  const std::string name = broker_.board().chips().describe(line);
  const JournalFields scope({kUnreadable, field("LINES", name), field("REASON", why.message)});
  spdlog::error("line {} is shown as unknown: {}{}", name, why.message,
                told_of(*left_out, "its chip"));
}

void EventLog::line_readable_again(core::LineId line, core::Instant now) {
  const auto left_out = pace_of_chips_.admit(line.chip.value, now);
  if (!left_out) return;
  const std::string name = broker_.board().chips().describe(line);
  const JournalFields scope({kReadableAgain, field("LINES", name)});
  spdlog::warn("line {} is known again{}", name, told_of(*left_out, "its chip"));
}

void EventLog::chip_slow(core::ChipId chip, core::Instant now) {
  const auto left_out = pace_of_chips_.admit(chip.value, now);
  if (!left_out) return;
  const core::ChipInfo& info = broker_.board().chips().at(chip).info();
  const JournalFields scope({kSlow, field("CHIP", info.name)});
  spdlog::error(
      "chip {} ({}) is slow: it did not answer in time; it is left alone for a while, and then "
      "asked again{}",
      info.name, info.label, told_of(*left_out, "it"));
}

void EventLog::chip_well(core::ChipId chip, core::Instant now) {
  const auto left_out = pace_of_chips_.admit(chip.value, now);
  if (!left_out) return;
  const core::ChipInfo& info = broker_.board().chips().at(chip).info();
  const JournalFields scope({kWell, field("CHIP", info.name)});
  spdlog::warn("chip {} ({}) answers in time again{}", info.name, info.label,
               told_of(*left_out, "it"));
}

void EventLog::unsent(std::uint32_t kind, const std::string& what, const std::string& why,
                      core::Instant now) {
  const auto left_out = pace_of_unsent_.admit(kind, now);
  if (!left_out) return;
  const JournalFields scope({kUnsent, field("REASON", why)});
  spdlog::error("{} could not be sent: {}; the broker goes on{}", what, core::printable(why),
                told_of(*left_out, "messages like it"));
}

void EventLog::recovered(core::LineId line) {
  const std::string name = broker_.board().chips().describe(line);
  const JournalFields scope({kRecovered, field("LINES", name)});
  spdlog::warn("line {} is reset and out of quarantine", name);
}

}  // namespace gpiobroker::app
