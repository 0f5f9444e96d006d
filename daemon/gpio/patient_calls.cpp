// SPDX-License-Identifier: GPL-2.0-or-later
// Words why a call is refused, and goes on with configurations although nobody waits for them.
#include "gpio/patient_calls.h"

#include <algorithm>
#include <tuple>

namespace gpiobroker::gpio {
namespace {

/// How many calls may wait for the thread. Calls that close a request are always taken.
constexpr std::size_t kMostQueued = 256;

std::string in_seconds(core::Instant time) {
  const auto tenths = std::max<long long>(1, time / std::chrono::milliseconds(100));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

}  // namespace

PatientCalls::~PatientCalls() {
  if (is_busy()) worker_.post([chip = std::move(chip_)] {});
}

std::optional<core::Refused> PatientCalls::why_not() const {
  const bool is_asked = is_busy();
  if (!is_asked && !is_slow()) return std::nullopt;
  const core::Instant now = patience_->time.now();
  if (is_asked) {
    return refuse("what was asked of it " + in_seconds(now - slowness_.since()) +
                  " ago is not done yet");
  }
  if (const auto rest = slowness_.rest(now)) {
    return refuse("it did not answer in time, and is left alone for " + in_seconds(*rest));
  }
  return std::nullopt;
}

core::Refused PatientCalls::too_late() const {
  return refuse("it has not answered in time, and may yet do what it was asked for");
}

core::Refused PatientCalls::refuse(const std::string& why) const {
  return core::refuse(core::Reason::chip_slow, "lines", "chip " + name_ + " is slow: " + why);
}

bool PatientCalls::came_in_time(CallKind kind, Ticket ticket) {
  if (!is_slow() && worker_.is_done(ticket)) return true;  // no time has passed
  LoopTime& time = patience_->time;
  const core::Instant before = time.now();
  const std::chrono::milliseconds longest = time.allowance();
  const bool in_time = worker_.wait(ticket, longest);
  const core::Instant now = time.now();
  const core::Instant took = std::min<core::Instant>(now - before, longest);
  const bool was_slow = is_slow();
  if (in_time) {
    slowness_.in_time(kind, took, time.limits(), now);
  } else {
    time.note_late(longest);
    slowness_.late(kind, longest, now);
  }
  if (was_slow != is_slow() && patience_->changed) patience_->changed();
  return in_time;
}

core::Result<void> PatientCalls::configure(
    const std::shared_ptr<core::LineRequest>& request,
    std::span<const core::LineWithSettings<core::Offset>> lines, bool for_safety) {
  const LateSettings::Standing standing = late_.of(lines);
  if (standing == LateSettings::Standing::done) return {};
  if (auto failure = late_.take_failure(lines)) return core::Refused(std::move(*failure));
  const auto why = why_not();
  if (why && (!for_safety || standing == LateSettings::Standing::pending)) return *why;
  if (why && worker_.unfinished() >= kMostQueued) return *why;
  late_.forget(lines);
  const auto job = std::make_shared<LateConfiguration>();
  job->setups.assign(lines.begin(), lines.end());
  const Ticket ticket = worker_.post([job, request, chip = chip_, for_safety] {
    job->answer = request->configure(job->setups);
    if (for_safety && job->answer) job->found = look_at(*chip, configured_by(*job));
  });
  if (!why && came_in_time(CallKind::configure, ticket)) {
    note_found(std::move(job->found));
    return job->answer;
  }
  late_.remember(job, ticket);
  return core::Result<void>(why ? *why : too_late());
}

core::Result<std::unique_ptr<core::LineRequest>> PatientCalls::take(
    const std::vector<core::Offset>& lines, std::string consumer) {
  const auto found = std::make_shared<Found>();
  auto taken = make(CallKind::take, [chip = chip_, lines, consumer = std::move(consumer), found] {
    auto request = chip->request(lines, consumer);
    if (request) *found = look_at(*chip, lines);
    return request;
  });
  if (taken) note_found(std::move(*found));
  return taken;
}

/// Whoever takes lines, or makes them safe, asks for each of them next: who does both in one go
/// need not change over to the thread and back again for each.
PatientCalls::Found PatientCalls::look_at(const core::Chip& chip,
                                          const std::vector<core::Offset>& lines) {
  Found found;
  for (const core::Offset line : lines) found.emplace(line, chip.line_info(line));
  return found;
}

std::vector<core::Offset> PatientCalls::configured_by(const LateConfiguration& job) {
  std::vector<core::Offset> lines;
  for (const auto& each : job.setups) {
    if (each.settings.direction != core::Direction::as_is) lines.push_back(each.line);
  }
  return lines;
}

void PatientCalls::note_found(Found found) {
  found_ = std::move(found);
  found_by_ = worker_.last();
}

std::optional<core::Result<core::LineInfo>> PatientCalls::take_found(core::Offset line) {
  if (found_by_ != worker_.last()) found_.clear();
  auto found = found_.extract(line);
  if (!found) return std::nullopt;
  return std::move(found.mapped());
}

void PatientCalls::note_handed_out(std::span<const core::Offset> lines) {
  handed_out_.insert(lines.begin(), lines.end());
}

void PatientCalls::note_closed(std::span<const core::Offset> lines) {
  late_.forget(lines);
  for (const core::Offset line : lines) handed_out_.erase(line);
}

void PatientCalls::forget_found(core::Offset line) {
  late_.forget(std::span(&line, 1));
  found_.erase(line);
}

std::optional<core::LineInfo> PatientCalls::take_found_late(core::Offset line) {
  const core::LineInfo* found = late_.found(line);
  if (found == nullptr) return std::nullopt;
  std::optional<core::LineInfo> info(*found);
  if (handed_out_.contains(line)) late_.forget(std::span(&line, 1));
  return info;
}

void PatientCalls::close(std::shared_ptr<core::LineRequest> request) {
  carry_out(CallKind::close, [request = std::move(request)] {});
}

void PatientCalls::carry_out(CallKind kind, ChipWorker::Job job) {
  const bool can_be_asked = !why_not();
  const Ticket ticket = worker_.post(std::move(job));
  if (can_be_asked) std::ignore = came_in_time(kind, ticket);
}

void PatientCalls::wait(std::chrono::milliseconds longest) const {
  if (is_busy()) std::ignore = worker_.wait(worker_.last(), longest);
}

}  // namespace gpiobroker::gpio
