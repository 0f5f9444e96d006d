// SPDX-License-Identifier: LGPL-2.1-or-later
// What the verbs print with --json.
#pragma once

#include <concepts>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gpiobroker/inventory.h"

namespace gpiobroker::cli {

/// A JSON value. Objects keep their keys in the order in which they are added. Text that is no
/// UTF-8 has U+FFFD in place of what is wrong.
class Json {
 public:
  struct Member;

  Json() = default;  ///< null
  Json(std::string_view text);
  Json(const std::string& text) : Json(std::string_view(text)) {}
  Json(const char* text) : Json(std::string_view(text)) {}
  Json(std::same_as<bool> auto value) : text_(value ? "true" : "false") {}
  Json(std::integral auto number) requires(!std::same_as<decltype(number), bool>)
      : text_(std::to_string(number)) {}
  Json(std::initializer_list<Member> members);
  Json(const std::vector<std::string>& texts);
  template <class Value>
  Json(const std::map<std::string, Value>& values) : Json(object()) {
    for (const auto& [key, value] : values) add(key, value);
  }

  [[nodiscard]] static Json array() { return of_text("[]"); }
  [[nodiscard]] static Json object() { return of_text("{}"); }

  /// Puts an element at the end of an array.
  void add(const Json& element) { insert(element.text_); }

  /// Puts a key that is not there yet at the end of an object.
  void add(std::string_view key, const Json& value);

  /// On one line.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  static Json of_text(const char* text) {
    Json json;
    json.text_ = text;
    return json;
  }
  void insert(const std::string& text);

  std::string text_ = "null";
};

struct Json::Member {
  std::string key;
  Json value;
};

[[nodiscard]] Json to_json(const LeaseInfo& lease);

/// A line with the lease that it is in, or null for none.
[[nodiscard]] Json to_json(const LineInfo& line, const Inventory& inventory);

/// Writes to standard output, on one line.
void print(const Json& json);

}  // namespace gpiobroker::cli
