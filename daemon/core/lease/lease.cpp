// SPDX-License-Identifier: GPL-2.0-or-later
// Searches the lines of a lease one by one: they are few, and in the order of the request.
#include "core/lease/lease.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/text.h"

namespace gpiobroker::core {

std::vector<LineId> Lease::line_ids() const {
  std::vector<LineId> ids;
  std::ranges::transform(lines, std::back_inserter(ids), &LeasedLine::id);
  return ids;
}

std::size_t Lease::buffered_edges() const {
  const bool wants = edge_timeout > Instant{0} || std::ranges::any_of(lines, [](const auto& line) {
                       return line.settings.edge != Edge::none;
                     });
  return wants ? edges.capacity() : 0;
}

const LeasedLine* Lease::find(LineId line) const {
  const auto found = std::ranges::find(lines, line, &LeasedLine::id);
  return found == lines.end() ? nullptr : &*found;
}

LeasedLine* Lease::find(LineId line) {
  const auto found = std::ranges::find(lines, line, &LeasedLine::id);
  return found == lines.end() ? nullptr : &*found;
}

const LeasedLine* Lease::find_called(std::string_view spec) const {
  const auto found = std::ranges::find(lines, spec, &LeasedLine::spec);
  return found == lines.end() ? nullptr : &*found;
}

bool Lease::has_released(LineId line) const {
  return std::ranges::find(released, line, &LeasedLine::id) != released.end();
}

bool Lease::has_released(std::string_view spec) const {
  return std::ranges::find(released, spec, &LeasedLine::spec) != released.end();
}

std::string describe_holder(const Lease& lease) {
  if (lease.attached) return describe(lease.holder);
  return "uid " + std::to_string(lease.holder.uid) + ", by command " +
         in_quotes(lease.holder.command) + ", which has left, with a lifetime of its own (" +
         to_word(lease.lifetime.kind) + ")";
}

}  // namespace gpiobroker::core
