// SPDX-License-Identifier: GPL-2.0-or-later
// Writes and reads the ledger as JSON.
#include "ledger/document.h"

#include <algorithm>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/base/spelling.h"
#include "core/base/text.h"
#include "core/line/vocabulary.h"

namespace gpiobroker::ledger {
namespace {

using core::SafeState;
using Json = nlohmann::json;

constexpr const char* kFormat = "gpiobroker-ledger-1";

std::string in_json(const std::string& text) {
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
  if (std::ranges::all_of(text, is_plain)) return '"' + text + '"';
  return Json(core::fit_text(text)).dump();
}

std::string text_of(const SafeState& safe) {
  switch (safe.kind) {
    case SafeState::Kind::keep: return R"("keep")";
    case SafeState::Kind::output:
      return R"({"direction":"output","value":)" + std::to_string(static_cast<int>(safe.value)) +
             '}';
    case SafeState::Kind::input: break;
  }
  return R"({"bias":)" + in_json(std::string(core::to_word(safe.bias))) +
         R"(,"direction":"input"})";
}

void append_entry(std::string& text, const Entry& entry) {
  text += R"({"chip":)" + in_json(entry.chip);
  if (!entry.device.empty()) text += R"(,"device":)" + in_json(entry.device);
  if (entry.handed_out) text += R"(,"direct":true)";
  text += R"(,"label":)" + in_json(entry.label);
  text += R"(,"name":)" + in_json(entry.name);
  text += R"(,"offset":)" + std::to_string(entry.offset);
  text += R"(,"safe":)" + text_of(entry.safe) + '}';
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
          .safe = safe_state_in(json.at("safe")),
          .device = json.value("device", ""),
          .handed_out = json.value("direct", false)};
}

Document document_in(const Json& json) {
  if (json.at("format") != kFormat) throw std::invalid_argument("it is of another format");
  Document document{.next_lease = json.at("next-lease").get<std::uint64_t>(), .lines = {}};
  for (const Json& line : json.at("lines")) document.lines.push_back(entry_in(line));
  return document;
}

}  // namespace

/// Writes the JSON by hand. The ledger is written at every grant and every end of a lease, with all
/// lines that anybody has; to build a JSON value of a thousand lines takes longer than everything
/// else that a reset does.
std::string to_text(const Document& document) {
  constexpr std::size_t kUsualLine = 128;
  std::string text;
  text.reserve(kUsualLine * (1 + document.lines.size()));
  text += R"({"format":)" + in_json(kFormat) + R"(,"lines":[)";
  for (const Entry& entry : document.lines) {
    if (&entry != &document.lines.front()) text += ',';
    append_entry(text, entry);
  }
  text += R"(],"next-lease":)" + std::to_string(document.next_lease) + "}\n";
  return text;
}

std::string earlier_spelling(const std::string& name) {
  const Json bytes(core::bytes_of(name));
  return Json::parse(bytes.dump(-1, ' ', false, Json::error_handler_t::replace)).get<std::string>();
}

core::Result<Document> parse(const std::string& text) {
  try {
    return document_in(Json::parse(text));
  } catch (const std::exception& fault) {
    return core::refuse(core::Reason::not_recorded, "ledger", core::printable(fault.what()));
  }
}

}  // namespace gpiobroker::ledger
