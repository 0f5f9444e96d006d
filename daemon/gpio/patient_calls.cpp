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
  const core::Instant now = patience_->time.now();
  if (is_busy()) {
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
  LoopTime& time = patience_->time;
  const core::Instant before = time.now();
  const std::chrono::milliseconds longest = time.allowance();
  const bool in_time = worker_.wait(ticket, longest);
  const core::Instant took = std::min<core::Instant>(time.now() - before, longest);
  const bool was_slow = is_slow();
  if (in_time) {
    slowness_.in_time(kind, took, time.limits(), time.now());
  } else {
    time.note_late(longest);
    slowness_.late(kind, longest, time.now());
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
  Ticket ticket = worker_.post([job, request] { job->answer = request->configure(job->setups); });
  if (!why && came_in_time(CallKind::configure, ticket)) return job->answer;
  if (for_safety) ticket = post_look(job);
  late_.remember(job, ticket);
  return core::Result<void>(why ? *why : too_late());
}

/// Has the thread ask for each line once the configuration is done: who makes lines safe asks for
/// them next, and would have to wait for each.
PatientCalls::Ticket PatientCalls::post_look(const std::shared_ptr<LateConfiguration>& job) {
  return worker_.post([job, chip = chip_] {
    if (!job->answer) return;
    for (const auto& each : job->setups) {
      if (each.settings.direction == core::Direction::as_is) continue;
      job->found.emplace(each.line, chip->line_info(each.line));
    }
  });
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
