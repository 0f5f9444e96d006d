// SPDX-License-Identifier: GPL-2.0-or-later
// Groups what concerns one kernel request, and keeps what was applied to each line.
#include "core/chip/held_lines.h"

#include <algorithm>
#include <set>

namespace gpiobroker::core {

Result<void> HeldLines::take(std::span<const LineId> lines, std::string_view consumer,
                             Sharing sharing) {
  std::map<ChipId, std::vector<LineId>> wanted;
  std::vector<LineId> idle;
  for (const LineId line : lines) {
    if (const auto why = why_not(line, lines, sharing)) {
      return refuse(Reason::busy, "lines", "line " + chips_.describe(line) + ' ' + *why);
    }
    if (holds(line)) {
      idle.push_back(line);
    } else {
      wanted[line.chip].push_back(line);
    }
  }
  std::vector<LineId> taken;
  for (const auto& [chip, of_chip] : wanted) {
    if (auto done = take_of_chip(chip, of_chip, consumer); !done) {
      give_back_as_found(taken);
      return done;
    }
    taken.insert(taken.end(), of_chip.begin(), of_chip.end());
  }
  for (const LineId line : idle) {
    slots_.at(line).in_use = true;
    slots_.at(line).kept = false;
  }
  for (const LineId line : lines) request_of(line).apart = sharing == Sharing::apart;
  return {};
}

std::optional<std::string> HeldLines::why_not(LineId line, std::span<const LineId> lines,
                                              Sharing sharing) const {
  if (!holds(line)) return std::nullopt;
  const Request& request = request_of(line);
  const bool is_whole = std::ranges::all_of(
      request.lines, [&](LineId each) { return std::ranges::find(lines, each) != lines.end(); });
  if (is_whole) return std::nullopt;
  if (request.apart) {
    return "was released before other lines of a direct lease, and is free when that is over";
  }
  if (sharing == Sharing::common) return std::nullopt;
  return "is held together with others that it was leased or parked with, and can be leased "
         "directly when those are free too, or with all of them";
}

Result<void> HeldLines::take_of_chip(ChipId chip, std::span<const LineId> lines,
                                     std::string_view consumer) {
  std::vector<Offset> offsets;
  for (const LineId line : lines) offsets.push_back(line.offset);
  auto kernel = chips_.at(chip).request(offsets, consumer);
  if (!kernel) return Refused(kernel.error());
  const RequestId id = next_id_;
  ++next_id_.value;
  (*kernel)->set_id(id);
  for (const LineId line : lines) slots_[line] = {.request = id, .applied = {}, .in_use = true};
  requests_[id] = {.kernel = std::move(*kernel), .lines = {lines.begin(), lines.end()}};
  return {};
}

void HeldLines::give_back(std::span<const LineId> lines) {
  for (const LineId line : lines) slots_.at(line).kept = slots_.at(line).parked = false;
  set_idle(lines);
}

void HeldLines::close(LineId line) {
  const auto request = requests_.find(slots_.at(line).request);
  for (const LineId each : request->second.lines) slots_.erase(each);
  requests_.erase(request);
}

void HeldLines::give_back_as_found(std::span<const LineId> lines) {
  for (const LineId line : lines) slots_.at(line).kept = is_driven(line);
  set_idle(lines);
}

bool HeldLines::keeps(LineId line) const {
  const auto slot = slots_.find(line);
  return slot != slots_.end() && slot->second.kept && !slot->second.in_use;
}

void HeldLines::give_back_kept(std::span<const LineId> lines) {
  for (const LineId line : lines) slots_.at(line).kept = false;
  close_idle_requests(lines);
}

void HeldLines::park(std::span<const LineId> lines) {
  for (const LineId line : lines) slots_.at(line).parked = true;
  set_idle(lines);
}

void HeldLines::unpark(LineId line) {
  slots_.at(line).parked = false;
  close_idle_requests(std::span(&line, 1));
}

void HeldLines::set_idle(std::span<const LineId> lines) {
  for (const LineId line : lines) slots_.at(line).in_use = false;
  close_idle_requests(lines);
}

void HeldLines::drop(ChipId chip) {
  const auto of_chip = [&](LineId line) { return line.chip == chip; };
  std::erase_if(requests_, [&](const auto& entry) { return of_chip(entry.second.lines.front()); });
  std::erase_if(slots_, [&](const auto& entry) { return of_chip(entry.first); });
}

bool HeldLines::is_driven(LineId line) const {
  const auto info = chips_.line_info(line);
  return !info || info->settings.direction != Direction::input;
}

void HeldLines::close_idle_requests(std::span<const LineId> lines) {
  std::set<RequestId> ids;
  for (const LineId line : lines) ids.insert(slots_.at(line).request);
  for (const RequestId id : ids) {
    const auto request = requests_.find(id);
    const auto is_used = [this](LineId line) { return slots_.at(line).in_use; };
    if (std::ranges::none_of(request->second.lines, is_used)) request->second.apart = false;
    if (std::ranges::any_of(request->second.lines, [this](LineId line) {
          const Slot& slot = slots_.at(line);
          return slot.in_use || slot.kept || slot.parked;
        })) {
      continue;
    }
    close(request->second.lines.front());
  }
}

Result<void> HeldLines::configure(std::span<const LineWithSettings<LineId>> settings,
                                  Purpose purpose) {
  std::map<RequestId, std::vector<LineWithSettings<LineId>>> by_id;
  for (const auto& entry : settings) by_id[slots_.at(entry.line).request].push_back(entry);
  for (const auto& [id, of_request] : by_id) {
    if (auto done = configure_request(requests_.at(id), of_request, purpose); !done) return done;
  }
  return {};
}

Result<void> HeldLines::configure_request(const Request& request,
                                          std::span<const LineWithSettings<LineId>> settings,
                                          Purpose purpose) {
  std::vector<LineWithSettings<Offset>> setups;
  for (const LineId line : request.lines) {
    const auto given = std::ranges::find(settings, line, &LineWithSettings<LineId>::line);
    setups.push_back(
        {line.offset, given == settings.end() ? unchanged(request, line) : given->settings});
  }
  LineRequest& kernel = *request.kernel;
  auto done = purpose == Purpose::use ? kernel.configure(setups) : kernel.secure(setups);
  if (!done) return done;
  for (const auto& [line, applied] : settings) slots_.at(line).applied = applied;
  return {};
}

/// What leaves a line of a request as it is.
LineSettings HeldLines::unchanged(const Request& request, LineId line) const {
  return request.apart ? LineSettings{} : applied(line);
}

void HeldLines::note_applied(LineId line, const LineSettings& settings) {
  slots_.at(line).applied = settings;
}

Result<void> HeldLines::configure_alone(LineId line, const LineSettings& settings) {
  Request& request = request_of(line);
  std::vector<LineWithSettings<Offset>> setups;
  for (const LineId each : request.lines) {
    setups.push_back({each.offset, each == line ? settings : LineSettings{}});
  }
  if (auto done = request.kernel->secure(setups); !done) return done;
  slots_.at(line).applied = settings;
  return {};
}

std::vector<LineId> HeldLines::restore(std::span<const LineWithSettings<LineId>> settings) {
  std::map<RequestId, std::vector<LineWithSettings<LineId>>> by_id;
  for (const auto& entry : settings) by_id[slots_.at(entry.line).request].push_back(entry);
  std::vector<LineId> failed;
  for (const auto& [id, of_request] : by_id) {
    const auto done = configure_request(requests_.at(id), of_request, Purpose::safety);
    if (done) continue;
    const bool is_slow = done.error().reason == Reason::chip_slow;  // and no line has failed
    for (const auto& [line, earlier] : of_request) {
      if (is_slow || !configure_alone(line, earlier)) failed.push_back(line);
    }
  }
  return failed;
}

void HeldLines::leave_alone(LineId line) {
  LineSettings& applied = slots_.at(line).applied;
  applied = {.active_low = applied.active_low};
}

Result<std::vector<Value>> HeldLines::get(std::span<const LineId> lines) const {
  std::map<LineId, Value> levels;
  for (const auto& of_request : by_request(lines)) {
    std::vector<Offset> offsets;
    for (const LineId line : of_request) offsets.push_back(line.offset);
    const auto values = request_of(of_request.front()).kernel->get(offsets);
    if (!values) return Refused(values.error());
    for (std::size_t i = 0; i < offsets.size(); ++i) levels[of_request[i]] = values->at(i);
  }
  std::vector<Value> in_order;
  for (const LineId line : lines) in_order.push_back(levels.at(line));
  return in_order;
}

Result<void> HeldLines::set(std::span<const LineWithValue<LineId>> values) {
  std::map<RequestId, std::vector<LineWithValue<Offset>>> by_id;
  for (const auto& [line, value] : values) {
    by_id[slots_.at(line).request].push_back({line.offset, value});
  }
  for (const auto& [id, of_request] : by_id) {
    if (auto done = requests_.at(id).kernel->set(of_request); !done) return done;
  }
  for (const auto& [line, value] : values) slots_.at(line).applied.value = value;
  return {};
}

bool HeldLines::in_use(LineId line) const {
  const auto slot = slots_.find(line);
  return slot != slots_.end() && slot->second.in_use;
}

std::vector<std::vector<LineId>> HeldLines::by_request(std::span<const LineId> lines) const {
  std::map<RequestId, std::vector<LineId>> by_id;
  for (const LineId line : lines) by_id[slots_.at(line).request].push_back(line);
  std::vector<std::vector<LineId>> groups;
  for (auto& [id, group] : by_id) groups.push_back(std::move(group));
  return groups;
}

LineRequest* HeldLines::request_with(LineId line) const {
  return holds(line) ? request_of(line).kernel.get() : nullptr;
}

std::optional<HeldLines::OpenRequest> HeldLines::find(RequestId id) const {
  const auto request = requests_.find(id);
  if (request == requests_.end()) return std::nullopt;
  return OpenRequest{*request->second.kernel, request->second.lines.front().chip};
}

HeldLines::Request& HeldLines::request_of(LineId line) const {
  return requests_.at(slots_.at(line).request);
}

}  // namespace gpiobroker::core
