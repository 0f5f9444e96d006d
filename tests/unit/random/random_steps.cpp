// SPDX-License-Identifier: GPL-2.0-or-later
// What clients do.
#include <algorithm>

#include "unit/random/random_world.h"

namespace gpiobroker::test {
namespace {

std::vector<LineId> ids_of(const core::Lease& lease) {
  std::vector<LineId> lines;
  std::ranges::transform(lease.lines, std::back_inserter(lines), &core::LeasedLine::id);
  return lines;
}

std::string words_for_specs(const Specs& specs) {
  std::string words;
  for (const std::string& spec : specs) words += " " + spec;
  return words;
}

Client as(const core::Lease& lease) {
  return lease.holder;
}

}  // namespace

void RandomWorld::step(const Numbers& numbers) {
  using Step = void (RandomWorld::*)();
  static constexpr std::array<Step, 42> kSteps{&RandomWorld::acquire_some,
                                               &RandomWorld::acquire_some,
                                               &RandomWorld::acquire_some,
                                               &RandomWorld::acquire_some,
                                               &RandomWorld::release_some,
                                               &RandomWorld::release_some,
                                               &RandomWorld::set_some,
                                               &RandomWorld::set_some,
                                               &RandomWorld::reconfigure_some,
                                               &RandomWorld::reconfigure_some,
                                               &RandomWorld::read_some,
                                               &RandomWorld::read_some,
                                               &RandomWorld::say_goodbye,
                                               &RandomWorld::retry,
                                               &RandomWorld::break_something,
                                               &RandomWorld::break_something,
                                               &RandomWorld::mend_something,
                                               &RandomWorld::mend_something,
                                               &RandomWorld::use_from_outside,
                                               &RandomWorld::leave_driven,
                                               &RandomWorld::let_time_pass,
                                               &RandomWorld::end_a_process,
                                               &RandomWorld::move_a_pin,
                                               &RandomWorld::move_a_pin,
                                               &RandomWorld::hear_of_edges,
                                               &RandomWorld::hear_of_edges,
                                               &RandomWorld::transfer_something,
                                               &RandomWorld::wait_for_some,
                                               &RandomWorld::wait_for_some,
                                               &RandomWorld::serve,
                                               &RandomWorld::revoke_some,
                                               &RandomWorld::plug_or_unplug,
                                               &RandomWorld::choose_safe_states,
                                               &RandomWorld::open_directly,
                                               &RandomWorld::open_directly,
                                               &RandomWorld::drive_directly,
                                               &RandomWorld::drive_directly,
                                               &RandomWorld::close_directly,
                                               &RandomWorld::say_what_is_closed,
                                               &RandomWorld::leave_a_child,
                                               &RandomWorld::die,
                                               &RandomWorld::hear_of_others};
  numbers_ = &numbers;
  (this->*kSteps.at(below(kSteps.size())))();
}

void RandomWorld::acquire_some() {
  const auto lines = some_lines();
  const Client& client = any_client();
  const auto id = broker_.acquire(client, any_request(lines), now_);
  story_.push_back(client.command + " acquires" + words_for_specs(specs_of(lines)) +
                   (id ? "" : ", refused: " + id.error().message));
  if (id) expect_granted(*id);
}

void RandomWorld::wait_for_some() {
  const auto lines = some_lines();
  const Client& client = any_client();
  core::AcquireRequest request = any_request(lines);
  request.wait = std::chrono::seconds(below(20) + 1);
  const auto outcome = waiting_.acquire(client, request, now_);
  story_.push_back(client.command + " waits for" + words_for_specs(specs_of(lines)) +
                   (outcome ? "" : ", refused: " + outcome.error().message));
  if (outcome && std::holds_alternative<LeaseId>(*outcome)) {
    expect_granted(std::get<LeaseId>(*outcome));
  }
}

void RandomWorld::serve() {
  story_.emplace_back("those who wait are served");
  for (const core::Served& served : waiting_.serve(now_)) {
    if (served.outcome) expect_granted(*served.outcome);
  }
  EXPECT_THAT(waiting_.serve(now_), IsEmpty()) << "somebody was forgotten";
}

void RandomWorld::expect_granted(LeaseId id) {
  const core::Lease* lease = broker_.leases().find(id);
  if (lease->observes()) return;
  const auto lines = ids_of(*lease);
  expect_settings(lines, true);
  for (const LineId line : lines) may_be_driven_.erase(line);
}

void RandomWorld::release_some() {
  const core::Lease* lease = any_lease();
  if (lease == nullptr) return;
  Specs specs;
  for (const core::LeasedLine& line : lease->lines) {
    if (below(2) == 0) specs.push_back(line.spec);
  }
  story_.push_back(lease->holder.command + " releases" + words_for_specs(specs));
  if (below(2) == 0) {
    EXPECT_THAT(broker_.release(as(*lease), lease->id, specs, now_), Succeeds());
  } else {
    EXPECT_THAT(broker_.release_held(lease->holder, specs, now_), Succeeds());
  }
}

void RandomWorld::set_some() {
  const core::Lease* lease = any_lease();
  if (lease == nullptr) return;
  std::vector<core::LineWithValue<std::string>> values;
  std::vector<LineId> lines;
  for (const core::LeasedLine& line : lease->lines) {
    if (line.settings.direction != core::Direction::output || below(2) == 0) continue;
    values.push_back({line.spec, below(2) == 0 ? Value::active : Value::inactive});
    lines.push_back(line.id);
  }
  const auto done = access_.set_values(as(*lease), lease->id, values, now_);
  story_.push_back(lease->holder.command + " sets" + words_for_specs(specs_of(lines)) +
                   (done ? "" : ", refused: " + done.error().message));
  expect_settings(lines, done.has_value());
}

void RandomWorld::reconfigure_some() {
  const core::Lease* lease = any_lease();
  if (lease == nullptr) return;
  const LineSettings settings = any_settings();
  const core::SettingsChange change{.direction = settings.direction,
                                    .edge = settings.edge,
                                    .bias = settings.bias,
                                    .value = settings.value};
  const auto lines = ids_of(*lease);
  const auto done = access_.reconfigure(as(*lease), lease->id, {{}, change}, now_);
  story_.push_back(lease->holder.command + " reconfigures" + words_for_specs(specs_of(lines)) +
                   (done ? "" : ", refused: " + done.error().message));
  expect_settings(lines, done.has_value());
}

void RandomWorld::read_some() {
  const auto lines = some_lines();
  const auto values = access_.read_lines(kCarol, specs_of(lines));
  story_.push_back("somebody reads" + words_for_specs(specs_of(lines)) +
                   (values ? "" : ", refused: " + values.error().message));
}

void RandomWorld::say_goodbye() {
  const Client& client = any_client();
  story_.push_back(client.command + " is gone");
  (void)waiting_.leave(client.name);
  broker_.goodbye(client.name, now_);
  EXPECT_THAT(broker_.queue().of_client(client.name), IsEmpty());
  for (const LeaseId id : broker_.leases().of_holder(client.name)) {
    const core::Lease& lease = *broker_.leases().find(id);
    EXPECT_NE(lease.lifetime.kind, core::LifetimeKind::connection);
    EXPECT_FALSE(lease.attached);
  }
}

void RandomWorld::hear_of_edges() {
  const core::Lease* lease = any_lease();
  if (lease == nullptr) return;
  story_.push_back(lease->holder.command + " hears of edges");
  (void)edges_.take_leases_with_edges();
  for (const core::EdgeEvent& edge : edges_.take(lease->id, below(4))) {
    EXPECT_GT(edge.sequence, heard_[lease->id]);
    heard_[lease->id] = edge.sequence;
  }
}

void RandomWorld::transfer_something() {
  const core::Lease* lease = any_lease();
  if (lease == nullptr) return;
  const Client& client = any_client();
  story_.push_back(lease->holder.command + " hands a lease to " + client.command);
  const auto offered = transfer_.offer(as(*lease), lease->id, client.name);
  EXPECT_EQ(offered.has_value(), !lease->opened);
  if (!offered) return;
  const auto accepted = transfer_.accept(client, lease->id, now_);
  if (accepted) {
    EXPECT_EQ(lease->holder.name, client.name);
  } else {
    EXPECT_EQ(accepted.error().reason, Reason::quota_exceeded);
  }
}

}  // namespace gpiobroker::test
