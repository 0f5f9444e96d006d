// SPDX-License-Identifier: GPL-2.0-or-later
// Checks rule by rule; a refusal gives the number it found and the number it would take.
#include "gpio/request_rules.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/base/spelling.h"
#include "core/base/text.h"

namespace gpiobroker::gpio {
namespace {

// GPIO_MAX_NAME_SIZE of linux/gpio.h, less its NUL.
constexpr std::size_t kLongestConsumer = 31;

// GPIO_V2_LINE_NUM_ATTRS_MAX of linux/gpio.h.
constexpr std::size_t kMostAttributes = 10;

}  // namespace

core::Refused unsupported(const std::string& why) {
  return core::refuse(core::Reason::unsupported, "lines", why);
}

core::Result<void> check_lines(const core::ChipInfo& chip, std::span<const core::Offset> offsets) {
  if (offsets.empty()) return unsupported("a request for no line of " + chip.name);
  if (offsets.size() > core::kMostLines) {
    return unsupported(std::to_string(offsets.size()) + " lines of " + chip.name +
                       " in one request; the kernel takes at most " +
                       std::to_string(core::kMostLines));
  }
  std::set<core::Offset> seen;
  for (const core::Offset offset : offsets) {
    const std::string line = "line " + chip.name + ":" + std::to_string(offset.value);
    if (offset.value >= chip.line_count) {
      return unsupported(line + " does not exist: it has " + std::to_string(chip.line_count) +
                         " lines, counted from 0");
    }
    if (!seen.insert(offset).second) return unsupported(line + " is named twice in one request");
  }
  return {};
}

// As libgpiod packs them (lib/line-config.c): one attribute for all values, one for each debounce
// period, and one for each set of other settings but the first.
core::Result<void> check_variety(std::span<const core::LineWithSettings<core::Offset>> lines) {
  bool any_output = false;
  std::set<std::chrono::microseconds> periods;
  std::vector<core::LineSettings> others;
  for (const auto& each : lines) {
    core::LineSettings settings = each.settings;
    if (settings.direction == core::Direction::as_is) settings = {};
    any_output |= settings.direction == core::Direction::output;
    if (settings.debounce.count() != 0) periods.insert(settings.debounce);
    settings.debounce = {};
    settings.value.reset();
    if (std::ranges::find(others, settings) == others.end()) others.push_back(settings);
  }
  const std::size_t first = others.empty() ? 0 : 1;
  const std::size_t count = (any_output ? 1 : 0) + periods.size() + others.size() - first;
  if (count <= kMostAttributes) return {};
  return unsupported(std::string(kTooVaried));
}

core::Refused line_in_use(const core::ChipInfo& chip, core::Offset offset,
                          const core::LineInfo& info) {
  std::string words = "line " + chip.name + ":" + std::to_string(offset.value);
  if (!info.name.empty()) words += " " + core::in_quotes(info.name);
  words += " is in use outside the broker";
  // The kernel keeps some lines for itself without a word.
  if (!info.consumer.empty()) words += " by " + core::in_quotes(info.consumer);
  return core::refuse(core::Reason::in_use, "lines", words);
}

std::string cut_consumer(std::string_view consumer) {
  return core::bytes_of(consumer).substr(0, kLongestConsumer);
}

}  // namespace gpiobroker::gpio
