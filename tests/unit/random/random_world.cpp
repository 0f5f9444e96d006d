// SPDX-License-Identifier: GPL-2.0-or-later
// The rules.
#include "unit/random/random_world.h"

#include <algorithm>

namespace gpiobroker::test {
void RandomWorld::look_at_chips() {
  lines_.clear();
  for (const auto& [chip, unused] : board_.chips().all()) {
    const bool pi = chip == kGpio17.chip;
    const auto offsets =
        pi ? std::vector{4U, 17U, 18U, 22U, 23U, 24U, 25U, 27U} : std::vector{0U, 1U, 2U, 3U};
    for (const std::uint32_t offset : offsets) lines_.push_back({chip, Offset{offset}});
  }
}

std::string RandomWorld::spec_of(LineId line) const {
  const std::string& name = board_.directory().name_of(line);
  const auto named = board_.directory().find(name);
  if (named && *named == line && line.offset.value % 2 == 1) return name;
  return board_.chips().at(line.chip).info().name + ":" + std::to_string(line.offset.value);
}

Specs RandomWorld::specs_of(const std::vector<LineId>& lines) const {
  Specs specs;
  for (const LineId line : lines) specs.push_back(spec_of(line));
  return specs;
}

bool RandomWorld::is_safe_as_input(LineId line) const {
  return broker_.safe_states().of(line).kind == core::SafeState::Kind::input;
}

void RandomWorld::expect_settings(const std::vector<LineId>& lines, bool known) {
  for (const LineId line : lines) {
    sure_.erase(line);
    if (known && broker_.leases().of_line(line) != nullptr && !unheard_.contains(line)) {
      sure_[line] = broker_.held().applied(line);
    }
  }
}

void RandomWorld::expect_order() {
  for (const LineId line : lines_) expect_order_of(line);
  for (const LineId line : broker_.parked()) EXPECT_TRUE(broker_.held().holds(line));
  for (const auto& [id, lease] : broker_.leases().all()) EXPECT_FALSE(lease.lines.empty());
}

void RandomWorld::expect_order_of(LineId line) {
  SCOPED_TRACE(spec_of(line));
  const core::HeldLines& held = broker_.held();
  const bool leased = broker_.leases().of_line(line) != nullptr;
  const bool quarantined = broker_.quarantine().find(line) != nullptr;
  EXPECT_FALSE(leased && quarantined);
  const bool was_handed_out =
      broker_.outstanding().with(line) != nullptr || broker_.direct().concerns(line);
  EXPECT_TRUE(was_handed_out || held.in_use(line) == (leased || quarantined));
  EXPECT_EQ(info(line).used, held.holds(line) || outside_.contains(line) || is_kept(line));
  expect_no_other_can_drive(line);
  expect_order_of_driving(line, leased || quarantined);
}

void RandomWorld::expect_order_of_driving(LineId line, bool has_somebody) {
  const bool leased = broker_.leases().of_line(line) != nullptr;
  const bool quarantined = broker_.quarantine().find(line) != nullptr;
  // What a duplicate drove, another program may have taken before the broker heard of its end.
  if (!is_safe_as_input(line) || outside_.contains(line)) may_be_driven_.insert(line);
  EXPECT_TRUE(!pin(line).driven || has_somebody || may_be_driven_.contains(line) ||
              unheard_.contains(line));
  if (!is_safe_as_input(line) || is_kept(line)) dark_.erase(line);
  EXPECT_FALSE(quarantined && dark_.contains(line) && pin(line).driven) << "driven again";
  dark_.erase(line);
  if (quarantined && !pin(line).driven) dark_.insert(line);
  if (!leased) sure_.erase(line);
  const auto sure = sure_.find(line);
  if (sure == sure_.end() || sure->second.direction != core::Direction::output) return;
  EXPECT_TRUE(pin(line).driven) << "nobody but its holder may change it";
  EXPECT_EQ(pin(line).high, (sure->second.value == Value::active) != sure->second.active_low);
}

void RandomWorld::expect_a_clean_end() {
  for (FakeChip* chip : {&pi_, &expander_}) {
    chip->faults().mend();
    chip->stop_lying();
  }
  for (const LineId line : outside_) fake(line).give_back_from_outside(line.offset);
  outside_.clear();
  EXPECT_THAT(broker_.parking().set_safe_states({}, now_), Succeeds());
  for (const Client& client : {kAlice, kBob}) (void)waiting_.leave(client.name);
  broker_.end_all(EndReason::shutdown, now_);
  kept_.clear();
  for (const Client& client : {kAlice, kBob}) broker_.direct().opener_gone(client.name, now_);
  for (int i = 0; i < 3; ++i) {
    hear_of_others();
    now_ += std::chrono::hours(1);
    broker_.retry_resets(now_);
  }
  EXPECT_THAT(broker_.outstanding().all(), IsEmpty());
  for (const LineId line : lines_) EXPECT_FALSE(fake(line).is_watched_apart(line.offset));
  EXPECT_THAT(broker_.quarantine().all(), IsEmpty());
  lease(kAlice, specs_of(lines_));
  broker_.goodbye(kAlice.name, now_);
  may_be_driven_.clear();
  heard_.clear();
  EXPECT_EQ(broker_.held().request_count(), 0U);
  for (const LineId line : lines_) EXPECT_TRUE(is_safe(line)) << spec_of(line);
  expect_order();
}

}  // namespace gpiobroker::test
