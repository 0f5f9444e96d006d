// SPDX-License-Identifier: GPL-2.0-or-later
// The validator says where; titles and descriptions in the schema say what would be right.
#include "config/schema.h"

#include <algorithm>
#include <map>

#include "config/validator.h"
#include "core/base/text.h"

namespace gpiobroker::config {
namespace {

constexpr std::size_t kLongestValue = 64;

const Json& schema() {
  static const Json parsed = Json::parse(kSchema);
  return parsed;
}

const Json& resolved(const Json& part) {
  const auto reference = part.find("$ref");
  if (reference == part.end()) return part;
  const std::string pointer = reference->get<std::string>().substr(1);  // without the #
  return schema().at(Json::json_pointer(pointer));
}

/// What the schema says of a member of what `part` describes; null where it does not know it.
const Json* member(const Json& part, const std::string& key) {
  for (const char* kind : {"properties", "additionalProperties", "items"}) {
    if (!part.contains(kind)) continue;
    const Json& found = part.at(kind);
    if (kind == std::string_view("properties")) {
      if (found.contains(key)) return &resolved(found.at(key));
    } else if (found.is_object()) {
      return &resolved(found);
    }
  }
  return nullptr;
}

/// A value and what the schema says of it, as far down as messages go: what has alternatives is
/// described as a whole.
struct Spot {
  Path path;
  const Json* value;
  const Json* part;
};

Spot look_up(const Json& document, const Path& path) {
  Spot spot{.path = {}, .value = &document, .part = &schema()};
  for (const std::string& key : path) {
    const Json* part = spot.part->contains("anyOf") ? nullptr : member(*spot.part, key);
    if (part == nullptr) break;
    spot.part = part;
    spot.value = spot.value->is_array() ? &spot.value->at(std::stoul(key)) : &spot.value->at(key);
    spot.path.push_back(key);
  }
  return spot;
}

std::string pointer_to(const Path& path) {
  Json::json_pointer pointer;
  for (const std::string& key : path) pointer /= key;
  return pointer.to_string();
}

std::string in_words(const Json& value) {
  if (value.is_string()) return core::in_quotes(value.get<std::string>());
  const std::string text = value.dump();
  return text.size() <= kLongestValue ? text : text.substr(0, kLongestValue) + "...";
}

std::string text_of(const Json& part, const char* key) {
  return part.value(key, "");
}

std::string known_keys(const Json& part) {
  std::string list;
  for (const auto& [key, unused] : part.at("properties").items()) {
    if (!key.starts_with('$')) list += (list.empty() ? "" : ", ") + key;
  }
  return list;
}

/// What is wrong with the keys of an object: those that are unknown, and those that are missing.
std::vector<std::string> faults_of_keys(const Spot& spot) {
  std::vector<std::string> faults;
  if (!spot.value->is_object() || !spot.part->contains("properties")) return faults;
  for (const auto& [key, unused] : spot.value->items()) {
    if (spot.part->at("properties").contains(key)) continue;
    faults.push_back("unknown key " + core::in_quotes(key) + ": known are " +
                     known_keys(*spot.part));
  }
  for (const std::string key : spot.part->value("required", Json::array())) {
    if (spot.value->contains(key)) continue;
    faults.push_back("the key '" + key +
                     "' is missing: " + text_of(*member(*spot.part, key), "description"));
  }
  return faults;
}

std::string fault_of_value(const Spot& spot) {
  return in_words(*spot.value) + " is not " + text_of(*spot.part, "title") + ": " +
         text_of(*spot.part, "description");
}

bool is_around(const Path& outer, const Path& inner) {
  return outer.size() < inner.size() && std::equal(outer.begin(), outer.end(), inner.begin());
}

}  // namespace

Problems check_schema(const Document& document) {
  std::map<Path, Spot> spots;
  for (const Path& path : places_that_break(schema(), document.content)) {
    Spot spot = look_up(document.content, path);
    spots.emplace(spot.path, spot);
  }
  Problems problems;
  for (const auto& [path, spot] : spots) {
    std::vector<std::string> faults = faults_of_keys(spot);
    // What contains a fault is reported as faulty too, but tells nothing more.
    const bool innermost = std::ranges::none_of(
        spots, [&here = path](const auto& other) { return is_around(here, other.first); });
    if (faults.empty() && innermost) faults.push_back(fault_of_value(spot));
    for (std::string& fault : faults) {
      problems.push_back({document.file, pointer_to(path), std::move(fault)});
    }
  }
  return problems;
}

}  // namespace gpiobroker::config
