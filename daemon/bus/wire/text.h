// SPDX-License-Identifier: GPL-2.0-or-later
// Text on its way out to the bus, which takes it whatever it was made of.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include <sdbus-c++/sdbus-c++.h>

#include "core/base/spelling.h"

namespace gpiobroker::bus {

/// The bus library refuses a text that is no UTF-8, and with it everything that is in the same
/// message: one odd name would keep everybody from hearing of all others. So the broker sends no
/// std::string: what the generated adaptors return and answer is made Texts
/// (tools/cmake/OutgoingText.cmake), and a test finds who sends anything else.
class Text {
 public:
  Text() = default;
  // Implicit, so that every text becomes one by itself.
  Text(std::string_view text)
      : text_(core::fit_text(text)) {}  // NOLINT(google-explicit-constructor)
  Text(const std::string& text)
      : Text(std::string_view(text)) {}                     // NOLINT(google-explicit-constructor)
  Text(const char* text) : Text(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] const std::string& fit() const { return text_; }

  auto operator<=>(const Text&) const = default;

 private:
  std::string text_;
};

inline sdbus::Message& operator<<(sdbus::Message& message, const Text& text) {
  return message << text.fit();
}

}  // namespace gpiobroker::bus

template <>
struct sdbus::signature_of<gpiobroker::bus::Text> : sdbus::signature_of<std::string> {};
