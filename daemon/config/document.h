// SPDX-License-Identifier: GPL-2.0-or-later
// A JSON file as it was read.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "config/problem.h"

namespace gpiobroker::config {

using Json = nlohmann::json;

struct Document {
  std::string file;
  Json content;
};

/// Reads a file of JSON, in which comments (// and /* */) are allowed and no key stands twice.
[[nodiscard]] Checked<Document> read_document(const std::string& file);

/// The same, from a text that is said to be a file's.
[[nodiscard]] Checked<Document> parse_document(const std::string& file, std::string_view text);

}  // namespace gpiobroker::config
