// SPDX-License-Identifier: GPL-2.0-or-later
// The rules.
#include "unit/random_world.h"

#include <algorithm>

namespace gpiobroker::test {
namespace {

const std::vector<LineId>& all_lines() {
  static const std::vector<LineId> lines = [] {
    std::vector<LineId> all;
    for (const std::uint32_t offset : {4U, 17U, 18U, 22U, 23U, 24U, 25U, 27U}) {
      all.push_back({kGpio17.chip, Offset{offset}});
    }
    for (std::uint32_t offset = 0; offset < 4; ++offset) {
      all.push_back({kExp3.chip, Offset{offset}});
    }
    return all;
  }();
  return lines;
}

}  // namespace

std::uint32_t RandomWorld::below(std::uint32_t limit) {
  return static_cast<std::uint32_t>((*random_)()) %
         limit;  // not a distribution: those differ between standard libraries
}

LineId RandomWorld::any_line() {
  return all_lines().at(below(static_cast<std::uint32_t>(all_lines().size())));
}

std::vector<LineId> RandomWorld::some_lines() {
  std::vector<LineId> lines;
  for (std::uint32_t n = below(4) + 1; n > 0; --n) {
    const LineId line = any_line();
    if (std::ranges::find(lines, line) == lines.end()) lines.push_back(line);
  }
  return lines;
}

const core::Lease* RandomWorld::any_lease() {
  const auto& leases = broker_.leases().all();
  if (leases.empty()) return nullptr;
  const auto n = below(static_cast<std::uint32_t>(leases.size()));
  return &std::next(leases.begin(), n)->second;
}

std::string RandomWorld::spec_of(LineId line) {
  return "gpiochip" + std::to_string(line.chip.value) + ":" + std::to_string(line.offset.value);
}

Specs RandomWorld::specs_of(const std::vector<LineId>& lines) {
  Specs specs;
  std::ranges::transform(lines, std::back_inserter(specs), spec_of);
  return specs;
}

void RandomWorld::expect_settings(const std::vector<LineId>& lines, bool known) {
  for (const LineId line : lines) {
    sure_.erase(line);
    if (known && broker_.leases().of_line(line)) sure_[line] = broker_.held().applied(line);
  }
}

void RandomWorld::expect_order() {
  for (const LineId line : all_lines()) expect_order_of(line);
  for (const auto& [id, lease] : broker_.leases().all()) EXPECT_FALSE(lease.lines.empty());
}

void RandomWorld::expect_order_of(LineId line) {
  SCOPED_TRACE(spec_of(line));
  const core::HeldLines& held = broker_.held();
  const bool leased = broker_.leases().of_line(line) != nullptr;
  const bool quarantined = broker_.quarantine().find(line) != nullptr;
  EXPECT_FALSE(leased && quarantined);
  EXPECT_EQ(held.in_use(line), leased || quarantined);
  EXPECT_EQ(info(line).used, held.holds(line) || outside_.contains(line));
  EXPECT_TRUE(!pin(line).driven || leased || quarantined || left_driven_.contains(line));
  EXPECT_FALSE(quarantined && dark_.contains(line) && pin(line).driven) << "driven again";
  dark_.erase(line);
  if (quarantined && !pin(line).driven) dark_.insert(line);
  if (!leased) sure_.erase(line);
  const auto sure = sure_.find(line);
  if (sure == sure_.end() || sure->second.direction != core::Direction::output) return;
  EXPECT_TRUE(pin(line).driven) << "nobody but its holder may change it";
  EXPECT_EQ(pin(line).high, sure->second.value == Value::active);
}

void RandomWorld::expect_a_clean_end() {
  for (FakeChip* chip : {&pi_, &expander_}) {
    chip->faults().mend();
    chip->stop_lying();
  }
  for (const LineId line : outside_) fake(line).give_back_from_outside(line.offset);
  outside_.clear();
  broker_.end_all(EndReason::shutdown, now_);
  now_ += std::chrono::hours(1);
  broker_.retry_resets(now_);
  EXPECT_THAT(broker_.quarantine().all(), IsEmpty());
  lease(kAlice, specs_of(all_lines()));
  broker_.goodbye(kAlice.name, now_);
  left_driven_.clear();
  EXPECT_EQ(broker_.held().request_count(), 0U);
  for (const LineId line : all_lines()) EXPECT_TRUE(is_safe(line)) << spec_of(line);
  expect_order();
}

}  // namespace gpiobroker::test
