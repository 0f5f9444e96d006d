// SPDX-License-Identifier: GPL-2.0-or-later
// What is there, and what can be done.
#include "model/world.h"

#include <algorithm>

#include "model/mortal_chip.h"

namespace gpiobroker::test {
namespace {

constexpr std::uint32_t kFirstUser = 1000;
constexpr std::uint32_t kLinesOfChip = 2;

FakeChip chip_number(unsigned number) {
  return FakeChip({.name = "gpiochip" + std::to_string(number),
                   .label = "model",
                   .path = "",
                   .line_count = kLinesOfChip});
}

core::Policy everybody_may_do_everything() {
  const core::Rule rule{.name = "everybody",
                        .users = {},
                        .groups = {},
                        .units = {},
                        .lines = {},
                        .verbs = {core::Verb::lease, core::Verb::share, core::Verb::persist},
                        .allow = true};
  return core::Policy({.rules = {rule}, .lines = {}, .aliases = {}, .quotas = {}, .defaults = {}});
}

}  // namespace

Life::Life(const std::array<FakeChip, 2>& chips, Store& store, Fate& fate)
    : broker(board, store, store.written) {
  for (const FakeChip& chip : chips) {
    board.attach(std::make_unique<MortalChip>(chip.attachable(), fate));
  }
  broker.set_policy(everybody_may_do_everything());
}

World::World(const Size& size)
    : size_(size), chips_{chip_number(0), chip_number(1)}, connections_(size.clients) {
  start_broker();
}

core::Client World::connection_of(unsigned client) const {
  core::Client holder;
  holder.name = {":" + std::to_string(client) + "." + std::to_string(connections_.at(client))};
  holder.uid = kFirstUser + client;
  holder.command = "model";
  return holder;
}

unsigned World::client_of(const core::Client& holder) {
  return holder.uid - kFirstUser;
}

/// One who has nothing does as well as another one who has nothing: the first of them does it.
bool World::allows(const Act& act) const {
  const bool alive = life_.has_value();
  switch (act.deed) {
    case Deed::acquire: return alive && allows_acquire(act);
    case Deed::release_all:
    case Deed::go: return alive && has_anything(act.client);
    case Deed::release_line:
    case Deed::keep_alive:
    case Deed::use:
    case Deed::offer: return alive && allows_use(act);
    case Deed::accept: return alive && allows_acquire(act) && lease_of(act).has_value();
    case Deed::revoke: return alive && lease_of(act).has_value();
    case Deed::pass_time:
    case Deed::kill_broker: return alive;
    case Deed::break_line:
    case Deed::break_answer:
    case Deed::mend_line:
      return (is_broken(line_of(act)) || is_lied_about(line_of(act))) ==
             (act.deed == Deed::mend_line);
    case Deed::fill_store: return !store_.full;
    case Deed::empty_store: return store_.full;
    case Deed::start_broker: return !alive;
  }
  return false;
}

bool World::allows_acquire(const Act& act) const {
  for (unsigned earlier = 0; earlier < act.client; ++earlier) {
    if (!has_anything(earlier) && !has_anything(act.client)) return false;
  }
  const core::ClientName name = connection_of(act.client).name;
  std::size_t leases = 0;
  for (const auto& [id, lease] : life_->broker.leases().all()) {
    if (client_of(lease.holder) == act.client) ++leases;
  }
  return leases < size_.leases_of_client &&
         life_->broker.queue().of_client(name).size() < size_.waits_of_client;
}

bool World::allows_use(const Act& act) const {
  const auto lease = lease_of(act);
  return lease && client_of(life_->broker.leases().find(*lease)->holder) == act.client;
}

/// The lease on the act's one line: the client's own if it has one there.
std::optional<core::LeaseId> World::lease_of(const Act& act) const {
  for (std::size_t i = 0; i < kModelLines.size(); ++i) {
    if ((act.lines >> i & 1U) == 0) continue;
    const auto leases = life_->broker.leases().on_line(kModelLines.at(i));
    const auto own = std::ranges::find_if(
        leases, [&](const core::Lease* each) { return client_of(each->holder) == act.client; });
    if (own != leases.end()) return (*own)->id;
    if (!leases.empty()) return leases.front()->id;
  }
  return std::nullopt;
}

bool World::has_anything(unsigned client) const {
  const auto is_its = [&](const core::Client& holder) { return client_of(holder) == client; };
  const core::ClientName name = connection_of(client).name;
  for (const auto& [id, lease] : life_->broker.leases().all()) {
    if (is_its(lease.holder) || lease.offered_to == name) return true;
  }
  return std::ranges::any_of(life_->broker.queue().all(),
                             [&](const auto& entry) { return is_its(entry.second.holder); });
}

}  // namespace gpiobroker::test
