// SPDX-License-Identifier: GPL-2.0-or-later
// Reads line by line; names of pins and devices may be whatever the device tree says.
#include "gpio/pin_table.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.h"

namespace gpiobroker::gpio {
namespace {

constexpr std::string_view kPin = "pin ";
constexpr std::string_view kFunction = "function ";

/// "pin 14 (gpio14)" and what comes after it.
struct PinLine {
  std::uint32_t pin = 0;
  std::string_view rest;
};

/// The text up to `end`, taken off the front together with it; all of it if that is not there.
std::string_view take_until(std::string_view& text, std::string_view end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view front = text.substr(0, at);
  text.remove_prefix(std::min(at + end.size(), text.size()));
  return front;
}

std::optional<PinLine> pin_line(std::string_view line, std::string_view after_name) {
  if (!line.starts_with(kPin)) return std::nullopt;
  line.remove_prefix(kPin.size());
  const int number = core::number_in(take_until(line, " ("));
  const std::size_t end = line.find(after_name);
  if (number < 0 || end == std::string_view::npos) return std::nullopt;
  return PinLine{static_cast<std::uint32_t>(number), line.substr(end + after_name.size())};
}

template <class Read>
void for_each_pin(std::string_view text, std::string_view after_name, const Read& read) {
  while (!text.empty()) {
    if (const auto pin = pin_line(take_until(text, "\n"), after_name)) read(*pin);
  }
}

/// "14:pinctrl-bcm2711 ", or "0:? " of a pin that is no line.
void take_gpio(std::string_view& rest, PinEntry& entry) {
  std::string_view after = rest;
  std::string_view label = take_until(after, " ");
  const int offset = core::number_in(take_until(label, ":"));
  if (offset < 0 || label.empty()) return;
  rest = after;
  if (label == "?") return;
  entry.gpio_chip = label;
  entry.gpio_offset = static_cast<std::uint32_t>(offset);
}

/// Of "function alt5 in hi; ..." it is "alt5"; of "function alt4 (uart0) in hi; ..." "uart0", which
/// is what that pin does as alt4.
std::string selected_in(std::string_view rest) {
  const std::size_t at = rest.find(kFunction);
  if (at == std::string_view::npos || (at != 0 && rest[at - 1] != ' ')) return "";
  rest.remove_prefix(at + kFunction.size());
  const std::string_view word = take_until(rest, " ");
  if (!rest.starts_with("(")) return std::string(word);
  rest.remove_prefix(1);
  const std::string_view inner = take_until(rest, ")");
  return std::string(inner == "invalid" || inner == "none" ? word : inner);
}

void read_claim(std::string_view claim, PinEntry& entry) {
  for (const std::string_view none : {"UNCLAIMED", "(MUX UNCLAIMED)", "GPIO "}) {
    if (claim.starts_with(none)) return;
  }
  if (claim.find(" (HOG)") != std::string_view::npos) return;
  if (claim.starts_with("device ")) take_until(claim, " ");
  entry.owner = take_until(claim, " ");
  take_until(claim, kFunction);
  entry.claimed_for = take_until(claim, " group ");
}

/// What drivers call a pin that is a GPIO line, or nothing yet.
bool is_gpio(std::string_view function) {
  constexpr std::array<std::string_view, 4> kOthers{"none", "input", "output", "sys_rio"};
  return function.starts_with("gpio") || std::ranges::find(kOthers, function) != kOthers.end();
}

}  // namespace

void add_pins(std::string_view text, PinTable& table) {
  for_each_pin(text, ") ", [&](PinLine pin) {
    PinEntry& entry = table[pin.pin];
    take_gpio(pin.rest, entry);
    entry.selected = selected_in(pin.rest);
  });
}

void add_claims(std::string_view text, PinTable& table) {
  for_each_pin(text, "): ", [&](PinLine pin) { read_claim(pin.rest, table[pin.pin]); });
}

core::PinUse use_of(const PinEntry& pin) {
  const bool switched = !pin.selected.empty() && !is_gpio(pin.selected);
  const bool claimed = !pin.owner.empty() && !is_gpio(pin.claimed_for);
  if (!switched && !claimed) return {};
  std::string function = switched ? pin.selected : pin.claimed_for;
  if (function.empty()) function = "a function";
  if (claimed) function += " of " + pin.owner;
  return {.function = core::printable(function), .selected = switched};
}

}  // namespace gpiobroker::gpio
