// SPDX-License-Identifier: GPL-2.0-or-later
// Joins the changes of several operations.
#include "core/broker/change.h"

#include <iterator>

namespace gpiobroker::core {
namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void Change::add(Change other) {
  append(ended, std::move(other.ended));
  append(shrunk, std::move(other.shrunk));
  append(detached, std::move(other.detached));
  append(lines, std::move(other.lines));
  append(quarantined, std::move(other.quarantined));
  append(recovered, std::move(other.recovered));
  append(unparked, std::move(other.unparked));
  resets += other.resets;
}

}  // namespace gpiobroker::core
