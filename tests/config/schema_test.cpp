// SPDX-License-Identifier: GPL-2.0-or-later
// The published schema: what messages need of it, and what it has in common with the code.
#include "config/schema.h"

#include <gmock/gmock.h>

#include "core/policy/verb.h"

namespace gpiobroker::test {
namespace {

using config::Json;

/// All parts that a message can be about: no alternatives, which are described as a whole.
void expect_words(const Json& part, const std::string& where) {
  if (!part.contains("$ref")) {
    EXPECT_TRUE(part.contains("title")) << where;
    EXPECT_TRUE(part.contains("description")) << where;
  }
  if (part.contains("properties")) {
    EXPECT_TRUE(part.contains("additionalProperties")) << where << " takes unknown keys";
    for (const auto& [key, member] : part.at("properties").items()) {
      expect_words(member, where + "/" + key);
    }
  }
  if (part.contains("items")) expect_words(part.at("items"), where + "/items");
}

TEST(TheSchema, HasWordsForEveryMessage) {
  const Json schema = Json::parse(config::kSchema);
  expect_words(schema, "");
  expect_words(schema.at("properties").at("aliases").at("additionalProperties"), "/aliases");
  for (const auto& [name, part] : schema.at("definitions").items()) expect_words(part, name);
}

TEST(TheSchema, KnowsTheVerbsOfTheCore) {
  const Json schema = Json::parse(config::kSchema);
  const Json& verb = schema.at("definitions").at("rule").at("properties").at("verbs").at("items");
  EXPECT_EQ(verb.at("description"), core::accepted_verbs());
  std::string words;
  for (const std::string word : verb.at("enum")) words += (words.empty() ? "" : ", ") + word;
  EXPECT_EQ(words, core::accepted_verbs());
}

TEST(TheSchema, TakesAnEmptyConfiguration) {
  EXPECT_TRUE(config::check_schema({.file = "empty", .content = Json::object()}).empty());
}

}  // namespace
}  // namespace gpiobroker::test
