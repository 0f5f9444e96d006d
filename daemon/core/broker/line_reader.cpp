// SPDX-License-Identifier: GPL-2.0-or-later
// Takes a line that nobody holds for as long as it reads it, and keeps one that is driven.
#include "core/broker/line_reader.h"

#include "core/chip/peripheral.h"

namespace gpiobroker::core {
namespace {

constexpr std::string_view kReaderConsumer = "gpiobroker:read";

}  // namespace

Result<std::vector<LineWithValue<std::string>>> LineReader::read(
    const Client& client, const std::vector<std::string>& specs) {
  if (specs.empty()) {
    return refuse(Reason::no_lines, "lines", "lines is empty: name at least one line");
  }
  if (auto open = state_.policy.check_open(); !open) return Refused(open.error());
  const auto lines = state_.board.directory().find_all(specs);
  if (!lines) return Refused(lines.error());
  for (const LineId line : *lines) {
    const auto right = check_rights(state_, client, line, Verb::read);
    if (!right) return Refused(right.error());
    if (auto own = check(client, line); !own) return Refused(own.error());
  }
  std::vector<LineWithValue<std::string>> values;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto value = level(lines->at(i));
    if (!value) return Refused(value.error());
    values.push_back({specs[i], *value});
  }
  return values;
}

/// A line that is held already is read through its request, which touches no pin.
Result<void> LineReader::check(const Client& client, LineId line) const {
  if (state_.held.holds(line)) return {};
  if (auto own = check_no_peripheral(state_.held, line); !own) return own;
  return check_it_may_be_kept(client, line);
}

/// Asks the kernel whether the line is an output. The kernel may be wrong in both ways. It may take
/// a line for the output that it was once: then a harmless read is refused. It may not know of an
/// output: then the line is read, and kept.
Result<void> LineReader::check_it_may_be_kept(const Client& client, LineId line) const {
  const auto info = state_.board.chips().line_info(line);
  if (!info || info->used || info->settings.direction != Direction::output) return {};
  auto right = check_rights(state_, client, line, Verb::lease);
  if (right) return {};
  return refuse(Reason::denied, "lines",
                "line " + state_.board.chips().describe(line) +
                    " is an output that nobody holds; the broker would hold it from this read on, "
                    "so that it stays as it is, and only who may lease it may cause that: " +
                    right.error().message);
}

/// Asks for the direction before the level: a chip that becomes slow over the level would not tell
/// the direction any more, and the line would be kept for nothing.
Result<Value> LineReader::level(LineId line) const {
  HeldLines& held = state_.held;
  if (!held.holds(line)) {
    if (auto taken = held.take(std::span(&line, 1), kReaderConsumer); !taken) {
      return Refused(taken.error());
    }
    const bool is_driven = held.is_driven(line);
    auto level = level_on_wire(line);
    is_driven ? held.give_back_as_found(std::span(&line, 1)) : held.give_back(std::span(&line, 1));
    return level;
  }
  return level_on_wire(line);
}

Result<Value> LineReader::level_on_wire(LineId line) const {
  const auto logical = state_.held.get(std::span(&line, 1));
  if (!logical) return Refused(logical.error());
  const bool turned = state_.held.applied(line).active_low;
  return turned ? inverted(logical->front()) : logical->front();
}

}  // namespace gpiobroker::core
