// SPDX-License-Identifier: LGPL-2.1-or-later
// Looks at the type first, since sdbus-c++ reads no variant of another type than expected.
#include "src/property_value.h"

#include <string_view>

namespace gpiobroker::detail {
namespace {

template <class... Types>
bool is_of(std::string_view signature, const std::variant<Types...>* /*types*/) {
  return ((signature == sdbus::as_null_terminated(sdbus::signature_of_v<Types>).data()) || ...);
}

}  // namespace

sdbus::Message& operator>>(sdbus::Message& message, PropertyValue& value) {
  const char* const signature = message.peekType().second;
  const PropertyValue::Known* const types = nullptr;
  if (signature != nullptr && is_of(signature, types)) return message >> value.known.emplace();
  sdbus::Variant of_another_type;
  return message >> of_another_type;
}

}  // namespace gpiobroker::detail
