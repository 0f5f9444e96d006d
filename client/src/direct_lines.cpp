// SPDX-License-Identifier: LGPL-2.1-or-later
// Sorts lines by the kernel's request that they are in.
#include "gpiobroker/direct_lines.h"

#include <algorithm>
#include <array>
#include <utility>

#include "src/kernel_config.h"
#include "src/opened_lease.h"

namespace gpiobroker {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::uint64_t mask_of(DirectLine line) {
  return std::uint64_t{1} << line.bit;
}

/// Of those lines that are in one request.
std::uint64_t mask_of(std::span<const DirectLevel> levels, std::uint32_t request) {
  std::uint64_t mask = 0;
  for (const DirectLevel& level : levels) {
    if (level.line.request == request) mask |= mask_of(level.line);
  }
  return mask;
}

std::uint64_t bits_of(std::span<const DirectLevel> levels, std::uint32_t request) {
  std::uint64_t bits = 0;
  for (const auto& [line, active] : levels) {
    if (line.request == request) bits = active ? bits | mask_of(line) : bits & ~mask_of(line);
  }
  return bits;
}

DirectEdge to_edge(const gpio_v2_line_event& event, DirectLine line) {
  return {.line = line,
          .kind = event.id == GPIO_V2_LINE_EVENT_RISING_EDGE ? EdgeKind::rising : EdgeKind::falling,
          .timestamp = std::chrono::nanoseconds(event.timestamp_ns),
          .line_sequence = event.line_seqno,
          .sequence = event.seqno};
}

std::size_t read_some(const detail::OpenedLease& opened, const detail::LineRequests& requests,
                      std::size_t request, std::span<DirectEdge> room) {
  constexpr std::size_t kAtOnce = 16;
  std::array<gpio_v2_line_event, kAtOnce> buffer{};
  const auto events = std::span(buffer).first(std::min(kAtOnce, room.size()));
  const std::size_t count = requests.read(request, events);
  for (std::size_t i = 0; i < count; ++i) {
    room[i] = to_edge(events[i], opened.line_of(request, events[i].offset));
  }
  return count;
}

/// For how long to wait still; negative: for ever.
milliseconds left_until(Clock::time_point until, milliseconds time) {
  if (time.count() < 0) return time;
  const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
  return std::max(left, milliseconds(0));
}

}  // namespace

DirectLines::DirectLines(std::shared_ptr<detail::OpenedLease> opened)
    : opened_(std::move(opened)) {}

DirectLines::DirectLines(DirectLines&&) noexcept = default;
DirectLines& DirectLines::operator=(DirectLines&&) noexcept = default;
DirectLines::~DirectLines() = default;

const std::vector<std::string>& DirectLines::names() const {
  return opened_->names();
}

DirectLine DirectLines::find(const std::string& name) const {
  return opened_->find(name);
}

const std::string& DirectLines::name(DirectLine line) const {
  return opened_->name(line);
}

void DirectLines::set(DirectLine line, bool active) {
  const std::uint64_t mask = mask_of(line);
  opened_->requests().set(line.request, active ? mask : 0, mask);
}

void DirectLines::set(std::span<const DirectLevel> levels) {
  const auto& requests = opened_->requests();
  for (std::uint32_t request = 0; request < requests.size(); ++request) {
    const std::uint64_t mask = mask_of(levels, request);
    if (mask != 0) requests.set(request, bits_of(levels, request), mask);
  }
}

bool DirectLines::get(DirectLine line) const {
  const std::uint64_t mask = mask_of(line);
  return (opened_->requests().get(line.request, mask) & mask) != 0;
}

void DirectLines::get(std::span<DirectLevel> lines) const {
  const auto& requests = opened_->requests();
  for (std::uint32_t request = 0; request < requests.size(); ++request) {
    const std::uint64_t mask = mask_of(lines, request);
    if (mask == 0) continue;
    const std::uint64_t bits = requests.get(request, mask);
    for (auto& [line, active] : lines) {
      if (line.request == request) active = (bits & mask_of(line)) != 0;
    }
  }
}

Values DirectLines::get() const {
  std::vector<DirectLevel> levels;
  for (const std::string& name : names()) levels.push_back({.line = find(name)});
  get(levels);
  Values values;
  for (const auto& [line, active] : levels) values.emplace(name(line), active);
  return values;
}

void DirectLines::configure(DirectLine line, const Settings& settings) {
  opened_->requests().configure(line.request, detail::to_kernel(line.bit, settings));
}

std::size_t DirectLines::read_edges(std::span<DirectEdge> room) {
  const auto& requests = opened_->requests();
  requests.check();
  std::size_t count = 0;
  for (std::size_t request = 0; request < requests.size(); ++request) {
    std::size_t some = 0;
    do {
      if (count == room.size()) return count;
      some = read_some(*opened_, requests, request, room.subspan(count));
      count += some;
    } while (some != 0);
  }
  return count;
}

std::size_t DirectLines::wait_for_edges(std::span<DirectEdge> room, milliseconds time) {
  const auto until = time.count() < 0 ? Clock::time_point::max() : Clock::now() + time;
  for (;;) {
    const std::size_t count = read_edges(room);
    const milliseconds left = left_until(until, time);
    if (count != 0 || left.count() == 0 || room.empty()) return count;
    opened_->requests().wait(left);
  }
}

int DirectLines::descriptor() const {
  return opened_->requests().descriptor();
}

Pollable DirectLines::pollable() const {
  return opened_->pollable();
}

void DirectLines::check() {
  opened_->check();
}

}  // namespace gpiobroker
