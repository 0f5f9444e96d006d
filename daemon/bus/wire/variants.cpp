// SPDX-License-Identifier: GPL-2.0-or-later
// Names the types of variants by their D-Bus signatures.
#include "bus/wire/variants.h"

#include <limits>

#include "core/base/text.h"

namespace gpiobroker::bus {
namespace {

template <class Integer>
std::optional<std::int64_t> number_of(const sdbus::Variant& variant) {
  if (!variant.containsValueOfType<Integer>()) return std::nullopt;
  return static_cast<std::int64_t>(variant.get<Integer>());
}

std::optional<std::int64_t> wide_number_of(const sdbus::Variant& variant) {
  if (!variant.containsValueOfType<std::uint64_t>()) return std::nullopt;
  const auto number = variant.get<std::uint64_t>();
  if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(number);
}

/// The value as a person would write it; empty for types that take more than a word.
std::string shown(const sdbus::Variant& variant) {
  if (const auto text = as_text(variant)) return core::in_quotes(*text) + " ";
  if (const auto flag = as_flag(variant)) return *flag ? "true " : "false ";
  if (const auto number = as_number(variant)) return std::to_string(*number) + " ";
  return "";
}

}  // namespace

std::optional<std::string> as_text(const sdbus::Variant& variant) {
  if (!variant.containsValueOfType<std::string>()) return std::nullopt;
  return variant.get<std::string>();
}

std::optional<bool> as_flag(const sdbus::Variant& variant) {
  if (!variant.containsValueOfType<bool>()) return std::nullopt;
  return variant.get<bool>();
}

std::optional<std::int64_t> as_number(const sdbus::Variant& variant) {
  if (const auto number = number_of<std::int32_t>(variant)) return number;
  if (const auto number = number_of<std::uint32_t>(variant)) return number;
  if (const auto number = number_of<std::int64_t>(variant)) return number;
  if (const auto number = number_of<std::int16_t>(variant)) return number;
  if (const auto number = number_of<std::uint16_t>(variant)) return number;
  if (const auto number = number_of<std::uint8_t>(variant)) return number;
  return wide_number_of(variant);
}

core::Refused wrong(const std::string& key, const sdbus::Variant& variant,
                    const std::string& accepted) {
  return core::refuse(core::Reason::invalid_setting, key,
                      key + " " + shown(variant) + "(type " + variant.peekValueType() +
                          ") is not accepted: give " + accepted);
}

}  // namespace gpiobroker::bus
