// SPDX-License-Identifier: GPL-2.0-or-later
// Includes Valijson, as no other file does: it is slow to compile.
#include "config/validator.h"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace gpiobroker::config {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

/// From "<root>", "[rules]", "[0]".
Path to_path(const std::vector<std::string>& context) {
  Path path;
  for (std::size_t i = 1; i < context.size(); ++i) {
    path.push_back(context[i].substr(1, context[i].size() - 2));
  }
  return path;
}

}  // namespace

std::set<Path> places_that_break(const nlohmann::json& schema, const nlohmann::json& document) {
  valijson::Schema parsed;
  valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(Adapter(schema), parsed);
  valijson::ValidationResults results;
  valijson::Validator(valijson::Validator::kStrongTypes)
      .validate(parsed, Adapter(document), &results);
  std::set<Path> places;
  for (const auto& error : results) places.insert(to_path(error.context));
  return places;
}

}  // namespace gpiobroker::config
