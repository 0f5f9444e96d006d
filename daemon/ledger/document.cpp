// SPDX-License-Identifier: GPL-2.0-or-later
// The JSON of it.
#include "ledger/document.h"

#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "core/vocabulary.h"

namespace gpiobroker::ledger {
namespace {

using core::SafeState;
using Json = nlohmann::json;

constexpr const char* kFormat = "gpiobroker-ledger-1";

Json to_json(const SafeState& safe) {
  switch (safe.kind) {
    case SafeState::Kind::keep: return "keep";
    case SafeState::Kind::output:
      return {{"direction", "output"}, {"value", static_cast<int>(safe.value)}};
    case SafeState::Kind::input: break;
  }
  return {{"direction", "input"}, {"bias", core::to_word(safe.bias)}};
}

/// Throws Json::exception, and std::invalid_argument for words that are none of the ledger's.
SafeState safe_state_in(const Json& json) {
  if (json == "keep") return {.kind = SafeState::Kind::keep};
  const auto direction = json.at("direction").get<std::string>();
  if (direction == "output") {
    const bool high = json.at("value").get<int>() != 0;
    return {.kind = SafeState::Kind::output,
            .value = high ? core::Value::active : core::Value::inactive};
  }
  const auto bias = core::from_word<core::Bias>(json.at("bias").get<std::string>());
  if (direction != "input" || !bias || *bias == core::Bias::as_is) {
    throw std::invalid_argument("no safe state: " + json.dump());
  }
  return {.bias = *bias};
}

Entry entry_in(const Json& json) {
  return {.chip = json.at("chip").get<std::string>(),
          .label = json.at("label").get<std::string>(),
          .offset = json.at("offset").get<std::uint32_t>(),
          .name = json.at("name").get<std::string>(),
          .safe = safe_state_in(json.at("safe"))};
}

Document document_in(const Json& json) {
  if (json.at("format") != kFormat) throw std::invalid_argument("it is of another format");
  Document document{.next_lease = json.at("next-lease").get<std::uint64_t>(), .lines = {}};
  for (const Json& line : json.at("lines")) document.lines.push_back(entry_in(line));
  return document;
}

}  // namespace

std::string to_text(const Document& document) {
  Json lines = Json::array();
  for (const Entry& entry : document.lines) {
    lines.push_back({{"chip", entry.chip},
                     {"label", entry.label},
                     {"offset", entry.offset},
                     {"name", entry.name},
                     {"safe", to_json(entry.safe)}});
  }
  const Json json{{"format", kFormat}, {"next-lease", document.next_lease}, {"lines", lines}};
  // Names are whatever the device tree says, and need not be UTF-8.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

core::Result<Document> parse(const std::string& text) {
  try {
    return document_in(Json::parse(text));
  } catch (const std::exception& fault) {
    return core::refuse(core::Reason::not_recorded, "ledger", core::printable(fault.what()));
  }
}

}  // namespace gpiobroker::ledger
