// SPDX-License-Identifier: GPL-2.0-or-later
// Finds the lines in the lease, then asks the held requests.
#include "core/line_access.h"

#include <algorithm>

#include "core/text.h"
#include "core/validation.h"

namespace gpiobroker::core {
namespace {

constexpr std::string_view kReaderConsumer = "gpiobroker:read";

std::vector<LineId> ids_of(const std::vector<const LeasedLine*>& lines) {
  std::vector<LineId> ids;
  std::ranges::transform(lines, std::back_inserter(ids), &LeasedLine::id);
  return ids;
}

Refused not_an_output(const LeasedLine& line) {
  return refuse(Reason::not_an_output, "values",
                "line " + in_quotes(line.spec) +
                    " is not an output: acquire or reconfigure it with direction output");
}

}  // namespace

Result<std::vector<NamedValue>> LineAccess::get_values(
    const Caller& caller, LeaseId id, const std::vector<std::string>& specs) const {
  const auto lease = broker_.lease_for(caller, id);
  if (!lease) return Refused(lease.error());
  const auto lines = lines_in(**lease, specs);
  if (!lines) return Refused(lines.error());
  const auto values = broker_.held_.get(ids_of(*lines));
  if (!values) return Refused(values.error());
  std::vector<NamedValue> named;
  for (std::size_t i = 0; i < lines->size(); ++i) {
    named.push_back({specs.empty() ? lines->at(i)->spec : specs[i], values->at(i)});
  }
  return named;
}

Result<void> LineAccess::set_values(const Caller& caller, LeaseId id,
                                    const std::vector<NamedValue>& values) {
  const auto lease = broker_.lease_for(caller, id);
  if (!lease) return Refused(lease.error());
  if (values.empty()) {
    return refuse(Reason::no_lines, "values", "values is empty: give at least one line a value");
  }
  std::vector<ValueOfLine> wanted;
  for (const NamedValue& each : values) {
    const auto line = line_in(**lease, each.spec);
    if (!line) return Refused(line.error());
    if ((*line)->settings.direction != Direction::output) return not_an_output(**line);
    if (std::ranges::find(wanted, (*line)->id, &ValueOfLine::first) != wanted.end()) {
      return refuse(Reason::duplicate_line, "values",
                    "line " + in_quotes(each.spec) + " is given a value twice");
    }
    wanted.emplace_back((*line)->id, each.value);
  }
  return broker_.held_.set(wanted);
}

Result<void> LineAccess::reconfigure(const Caller& caller, LeaseId id,
                                     const std::vector<std::string>& specs,
                                     const SettingsChange& change) {
  const auto lease = broker_.lease_for(caller, id);
  if (!lease) return Refused(lease.error());
  const auto lines = lines_in(**lease, specs);
  if (!lines) return Refused(lines.error());
  std::vector<SettingsOfLine> wanted;
  std::vector<SettingsOfLine> earlier;
  for (const LeasedLine* line : *lines) {
    const LineSettings& now = broker_.held_.applied(line->id);
    wanted.emplace_back(line->id, change.applied_to(now));
    earlier.emplace_back(line->id, now);
    if (auto valid = validate(wanted.back().second); !valid) return valid;
  }
  if (auto done = broker_.held_.configure(wanted); !done) {
    (void)broker_.held_.restore(earlier);
    return done;
  }
  for (const auto& [line, settings] : wanted) broker_.leases_.note_settings(line, settings);
  return {};
}

Result<std::vector<NamedValue>> LineAccess::read_lines(const Subject& who,
                                                       const std::vector<std::string>& specs) {
  if (specs.empty()) {
    return refuse(Reason::no_lines, "lines", "lines is empty: name at least one line");
  }
  const auto lines = broker_.board_.directory().find_all(specs);
  if (!lines) return Refused(lines.error());
  for (const LineId line : *lines) {
    const auto right = broker_.check_rights(who, line, Verb::read);
    if (!right) return Refused(right.error());
  }
  std::vector<NamedValue> values;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto value = read_line(lines->at(i));
    if (!value) return Refused(value.error());
    values.push_back({specs[i], *value});
  }
  return values;
}

Result<Value> LineAccess::read_line(LineId line) {
  HeldLines& held = broker_.held_;
  if (!held.holds(line)) {
    if (auto taken = held.take(std::span(&line, 1), kReaderConsumer); !taken) {
      return Refused(taken.error());
    }
    auto level = level_on_wire(line);
    held.give_back_as_found(std::span(&line, 1));
    return level;
  }
  return level_on_wire(line);
}

Result<Value> LineAccess::level_on_wire(LineId line) const {
  const auto logical = broker_.held_.get(std::span(&line, 1));
  if (!logical) return Refused(logical.error());
  const bool turned = broker_.held_.applied(line).active_low;
  return turned ? inverted(logical->front()) : logical->front();
}

Result<const LeasedLine*> LineAccess::line_in(const Lease& lease, const std::string& spec) const {
  const auto by_spec = std::ranges::find(lease.lines, spec, &LeasedLine::spec);
  if (by_spec != lease.lines.end()) return &*by_spec;
  const auto id = broker_.board_.directory().find(spec);
  if (!id) return Refused(id.error());
  const auto by_id = std::ranges::find(lease.lines, *id, &LeasedLine::id);
  if (by_id != lease.lines.end()) return &*by_id;
  return refuse(Reason::not_in_lease, "lines",
                "line " + in_quotes(spec) + " is not in lease " + std::to_string(lease.id.value));
}

Result<std::vector<const LeasedLine*>> LineAccess::lines_in(
    const Lease& lease, const std::vector<std::string>& specs) const {
  std::vector<const LeasedLine*> lines;
  if (specs.empty()) {
    for (const LeasedLine& line : lease.lines) lines.push_back(&line);
    return lines;
  }
  for (const std::string& spec : specs) {
    const auto line = line_in(lease, spec);
    if (!line) return Refused(line.error());
    lines.push_back(*line);
  }
  return lines;
}

}  // namespace gpiobroker::core
