// SPDX-License-Identifier: GPL-2.0-or-later
// Parses by nlohmann's library, and turns the byte of a mistake into line and column.
#include "config/document.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/base/text.h"

namespace gpiobroker::config {
namespace {

Wrong wrong(const std::string& file, std::string place, std::string message) {
  return Wrong(Problems{{file, std::move(place), std::move(message)}});
}

/// "3:17" for a byte of the text, counted from 1.
std::string place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
  const auto line = std::ranges::count(before, '\n') + 1;
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return std::to_string(line) + ":" + std::to_string(before.size() - line_start + 1);
}

/// "syntax error while parsing value - unexpected end of input", without what else the parser says
/// of itself and of the place.
std::string reason_in(const Json::parse_error& error) {
  const std::string_view words = error.what();
  const auto start = words.find("syntax error");
  const auto colon = start == std::string_view::npos ? words.find(": ") : start - 2;
  return std::string(words.substr(colon == std::string_view::npos ? 0 : colon + 2));
}

/// The number in "number overflow parsing '1e999'": all that the parser says of it.
std::string_view number_in(const Json::out_of_range& error) {
  const std::string_view words = error.what();
  const auto quote = words.find('\'') + 1;
  return words.substr(quote, words.rfind('\'') - quote);
}

/// Parser callback: the library itself takes the last one of two equal keys and says nothing.
class DuplicateKeys {
 public:
  bool operator()(int /*depth*/, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) open_.emplace_back();
    if (event == Json::parse_event_t::object_end) open_.pop_back();
    if (event == Json::parse_event_t::key) note(parsed.get<std::string>());
    return true;
  }

  [[nodiscard]] const std::vector<std::string>& found() const { return found_; }

 private:
  void note(const std::string& key) {
    if (!open_.back().insert(key).second) found_.push_back(key);
  }

  std::vector<std::set<std::string>> open_;  // the keys so far of each object that is open
  std::vector<std::string> found_;
};

Problems problems_with(const std::string& file, const DuplicateKeys& keys) {
  Problems problems;
  for (const std::string& key : keys.found()) {
    problems.push_back({file, "", "key " + core::in_quotes(key) + " stands twice in one object"});
  }
  return problems;
}

}  // namespace

Checked<Document> read_document(const std::string& file) {
  std::error_code unknown;
  if (std::filesystem::is_directory(file, unknown))
    return wrong(file, "", "is a folder, not a file");
  std::ifstream stream(file, std::ios::binary);
  if (!stream.is_open()) {
    return wrong(file, "", std::string("cannot be read: ") + std::strerror(errno));
  }
  std::ostringstream text;
  text << stream.rdbuf();
  return parse_document(file, text.str());
}

Checked<Document> parse_document(const std::string& file, std::string_view text) {
  DuplicateKeys keys;
  try {
    constexpr bool kThrow = true;
    constexpr bool kComments = true;
    Json content = Json::parse(text, std::ref(keys), kThrow, kComments);
    if (!keys.found().empty()) return Wrong(problems_with(file, keys));
    return Document{.file = file, .content = std::move(content)};
  } catch (const Json::parse_error& error) {
    return wrong(file, place_of(text, error.byte), reason_in(error));
  } catch (const Json::out_of_range& error) {
    return wrong(file, "", "a number is too large: " + core::in_quotes(number_in(error)));
  }
}

}  // namespace gpiobroker::config
