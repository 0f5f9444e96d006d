// SPDX-License-Identifier: LGPL-2.1-or-later
// The value of a property, read from a message without a message of its own: an sdbus::Variant is
// one, and of a board's properties there are a thousand.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

namespace gpiobroker::detail {

/// Of a type that the broker's properties have; of any other, which a later broker may have, none.
struct PropertyValue {
  using Known = std::variant<std::string, sdbus::ObjectPath, bool, std::uint32_t, std::uint64_t,
                             std::vector<std::string>, std::vector<sdbus::ObjectPath>,
                             std::map<std::string, std::uint64_t>>;

  std::optional<Known> known;
};

sdbus::Message& operator>>(sdbus::Message& message, PropertyValue& value);

}  // namespace gpiobroker::detail

template <>
struct sdbus::signature_of<gpiobroker::detail::PropertyValue>
    : sdbus::signature_of<sdbus::Variant> {};
