// SPDX-License-Identifier: GPL-2.0-or-later
// The rules, each with the number it found and the number it would take.
#include "gpio/request_rules.h"

#include <set>
#include <string>

#include "core/text.h"

namespace gpiobroker::gpio {
namespace {

// GPIO_MAX_NAME_SIZE of linux/gpio.h, less its NUL.
constexpr std::size_t kLongestConsumer = 31;

core::Refused refused(const std::string& why) {
  return core::refuse(core::Reason::unsupported, "lines", why);
}

}  // namespace

core::Result<void> check_lines(const core::ChipInfo& chip, std::span<const core::Offset> offsets) {
  if (offsets.empty()) return refused("a request for no line of " + chip.name);
  if (offsets.size() > core::kMostLines) {
    return refused(std::to_string(offsets.size()) + " lines of " + chip.name +
                   " in one request; the kernel takes at most " + std::to_string(core::kMostLines));
  }
  std::set<core::Offset> seen;
  for (const core::Offset offset : offsets) {
    const std::string line = "line " + chip.name + ":" + std::to_string(offset.value);
    if (offset.value >= chip.line_count) {
      return refused(line + " does not exist: it has " + std::to_string(chip.line_count) +
                     " lines, counted from 0");
    }
    if (!seen.insert(offset).second) return refused(line + " is named twice in one request");
  }
  return {};
}

core::Refused line_in_use(const core::ChipInfo& chip, core::Offset offset,
                          const core::LineInfo& info) {
  std::string words = "line " + chip.name + ":" + std::to_string(offset.value);
  if (!info.name.empty()) words += " " + core::quoted(info.name);
  words += " is in use outside the broker";
  // The kernel keeps some lines for itself without a word.
  if (!info.consumer.empty()) words += " by " + core::quoted(info.consumer);
  return core::refuse(core::Reason::in_use, "lines", words);
}

std::string_view cut_consumer(std::string_view consumer) {
  return consumer.substr(0, kLongestConsumer);
}

}  // namespace gpiobroker::gpio
