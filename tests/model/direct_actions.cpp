// SPDX-License-Identifier: GPL-2.0-or-later
// What is done with duplicates of kernel requests, past the broker, and what it hears of that.
#include <algorithm>

#include "model/world.h"

namespace gpiobroker::test {
namespace {

constexpr core::LineSettings kDriven{.direction = core::Direction::output,
                                     .bias = core::Bias::pull_up,
                                     .value = core::Value::active};

}  // namespace

/// Whether it has the line, which looks otherwise when it is driven.
bool World::can_drive(const KeptDuplicate& duplicate, core::LineId line) const {
  const std::vector<core::LineId> lines = duplicate.lines();
  return std::ranges::find(lines, line) != lines.end() && !pin(line).driven;
}

bool World::allows_with_duplicate(const Step& step) const {
  const Action action = step.action;
  if (action == Action::child_ends) return child_.has_value();
  if (action == Action::child_drives) return child_ && can_drive(*child_, line_of(step));
  const auto own = own_.find(step.client);
  const bool has_own = own != own_.end();
  if (action == Action::open) {
    return under_test_ && !has_own && allows_use(step) &&
           under_test_->broker.leases().find(*lease_of(step))->direct;
  }
  if (action == Action::drive) return has_own && can_drive(own->second, line_of(step));
  if (action == Action::leave_child) return has_own && !child_;
  if (action == Action::close_direct) return under_test_ && has_own;
  return has_own || (under_test_ && has_anything(step.client));
}

void World::do_with_duplicates(const Step& step) {
  const Action action = step.action;
  if (action == Action::open) open(step);
  if (action == Action::drive) drive(own_.at(step.client), line_of(step));
  if (action == Action::leave_child) child_.emplace(own_.at(step.client));
  if (action == Action::close_direct) close_direct(step);
  if (action == Action::die) die(step);
  if (action == Action::child_drives) drive(*child_, line_of(step));
  if (action == Action::child_ends) child_.reset();
}

void World::open(const Step& step) {
  const core::Client caller = connection_of(step.client);
  const core::LeaseId lease = lease_of(step).value();
  const core::LineId line = line_of(step);
  if (!under_test_->broker.direct().open(caller, lease)) return;
  own_.emplace(step.client,
               KeptDuplicate{chip(line).duplicate(line.offset), line.chip, lease, caller.name});
}

void World::close_direct(const Step& step) {
  core::Client caller = connection_of(step.client);
  KeptDuplicate own = own_.extract(step.client).mapped();
  own.descriptor.close();
  caller.name = own.opener;
  settle(under_test_->broker.direct().let_go(caller, own.lease, now_));
}

/// The kernel closes its files before anybody is told.
void World::die(const Step& step) {
  core::ClientName opener = connection_of(step.client).name;
  if (const auto own = own_.find(step.client); own != own_.end()) {
    opener = own->second.opener;
    own_.erase(own);
  }
  if (!under_test_) return;
  go(step.client);
  settle(under_test_->broker.direct().opener_gone(opener, now_));
}

void World::go(unsigned client) {
  under_test_->turn.client_gone(connection_of(client).name, now_);
  ++connections_.at(client);
}

void World::drive(KeptDuplicate& duplicate, core::LineId line) {
  (void)duplicate.descriptor.configure(line.offset, kDriven);
}

}  // namespace gpiobroker::test
