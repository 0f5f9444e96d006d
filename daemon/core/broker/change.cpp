// SPDX-License-Identifier: GPL-2.0-or-later
// Joins the changes of several operations.
#include "core/broker/change.h"

#include <iterator>
#include <utility>

namespace gpiobroker::core {
namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void Change::add(Change other) {
  append(granted, std::move(other.granted));
  append(transferred, std::move(other.transferred));
  append(taken_over, std::move(other.taken_over));
  append(ended, std::move(other.ended));
  append(shrunk, std::move(other.shrunk));
  append(detached, std::move(other.detached));
  append(edge_supply, std::move(other.edge_supply));
  append(lines, std::move(other.lines));
  append(quarantined, std::move(other.quarantined));
  append(held_back, std::move(other.held_back));
  append(undone, std::move(other.undone));
  append(recovered, std::move(other.recovered));
  append(park_failures, std::move(other.park_failures));
  opened += other.opened;
  resets += other.resets;
}

Change lines_changed(std::vector<LineId> lines) {
  Change change;
  change.lines = std::move(lines);
  return change;
}

}  // namespace gpiobroker::core
