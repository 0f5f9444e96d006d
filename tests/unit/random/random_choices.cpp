// SPDX-License-Identifier: GPL-2.0-or-later
// What there is to choose from.
#include <algorithm>

#include "unit/random/random_world.h"

namespace gpiobroker::test {

std::uint32_t RandomWorld::below(std::uint32_t limit) {
  return (*numbers_)() % limit;  // not a distribution: those differ between standard libraries
}

LineId RandomWorld::any_line() {
  return lines_.at(below(static_cast<std::uint32_t>(lines_.size())));
}

std::vector<LineId> RandomWorld::some_lines() {
  std::vector<LineId> lines;
  for (std::uint32_t n = below(4) + 1; n > 0; --n) {
    const LineId line = any_line();
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
  }
  return lines;
}

const Client& RandomWorld::any_client() {
  return below(2) == 0 ? kAlice : kBob;
}

const core::Lease* RandomWorld::any_lease() {
  const auto& leases = broker_.leases().all();
  if (leases.empty()) return nullptr;
  const auto n = below(static_cast<std::uint32_t>(leases.size()));
  return &std::next(leases.begin(), n)->second;
}

LineSettings RandomWorld::any_settings() {
  static const std::vector<LineSettings> all{
      kHigh,
      kLow,
      kInput,
      {},
      {.direction = core::Direction::input, .edge = core::Edge::both, .bias = core::Bias::pull_up},
      {.direction = core::Direction::output, .bias = core::Bias::pull_down, .value = Value::active},
      {.direction = core::Direction::output, .active_low = true, .value = Value::active},
      {.direction = core::Direction::input, .edge = core::Edge::falling, .active_low = true},
      {.direction = core::Direction::output, .edge = core::Edge::both}};
  return all.at(below(static_cast<std::uint32_t>(all.size())));
}

core::Lifetime RandomWorld::any_lifetime() {
  using std::chrono::seconds;
  static const std::vector<core::Lifetime> all{
      {},
      {.kind = core::LifetimeKind::process},
      {.kind = core::LifetimeKind::ttl, .ttl = seconds(20)},
      {.heartbeat = seconds(5)},
      {.kind = core::LifetimeKind::persistent},
      {.kind = core::LifetimeKind::fd, .heartbeat = seconds(30)}};
  return all.at(below(static_cast<std::uint32_t>(all.size())));
}

core::Access RandomWorld::any_access() {
  static constexpr std::array kAll{core::Access::exclusive, core::Access::exclusive,
                                   core::Access::shared, core::Access::observe};
  return kAll.at(below(kAll.size()));
}

core::AcquireRequest RandomWorld::any_request(const std::vector<LineId>& lines) {
  core::AcquireRequest request;
  request.lifetime = any_lifetime();
  request.access = any_access();
  request.unobserved = below(4) == 0;
  request.event_capacity = below(8) + 1;
  request.edge_timeout = std::chrono::seconds(below(4));
  request.direct = request.access == core::Access::exclusive && below(3) == 0;
  if (request.direct) request.edge_timeout = {};
  for (const LineId line : lines) {
    LineSettings settings = any_settings();
    if (request.access == core::Access::shared) {
      settings.direction = core::Direction::input;
      settings.value.reset();
    }
    if (request.access == core::Access::observe) settings = {.edge = settings.edge};
    request.lines.push_back({spec_of(line), settings});
  }
  return request;
}

core::SafeState RandomWorld::any_safe_state() {
  using Kind = core::SafeState::Kind;
  static const std::vector<core::SafeState> all{
      {},
      {.park = true},
      {.bias = core::Bias::pull_down, .park = true},
      {.kind = Kind::output, .value = Value::active},
      {.kind = Kind::output, .value = Value::inactive, .park = true},
      {.kind = Kind::keep}};
  return all.at(below(static_cast<std::uint32_t>(all.size())));
}

}  // namespace gpiobroker::test
