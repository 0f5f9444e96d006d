// SPDX-License-Identifier: GPL-2.0-or-later
// Checks the names of aliases, and what they stand for.
#include "config/alias.h"

#include <algorithm>

#include "core/base/glob.h"
#include "core/base/text.h"

namespace gpiobroker::config {
namespace {

constexpr std::size_t kLongestAlias = 64;

bool is_fit_to_name(const std::string& alias) {
  const bool is_ascii = std::ranges::all_of(alias, [](char c) { return c > ' ' && c <= '~'; });
  return is_ascii && !alias.empty() && alias.size() <= kLongestAlias &&
         alias.find(':') == std::string::npos && alias.find("..") == std::string::npos &&
         !core::has_wildcard(alias);
}

}  // namespace

std::string fault_of_alias(const std::string& alias, const std::string& line,
                           const core::Aliases& aliases) {
  if (!is_fit_to_name(alias)) {
    return core::in_quotes(alias) +
           " cannot be an alias: 1 to 64 printable characters of ASCII without space, : .. * ? [";
  }
  if (aliases.contains(line)) {
    return core::in_quotes(line) + " is an alias itself: name the line";
  }
  const auto pattern = core::LinePattern::parse(line);
  if (!pattern) return pattern.error().message;
  if (!pattern->names_one_line()) {
    return core::in_quotes(line) +
           " names several lines: an alias is for one. What is called so all the same is written "
           "line::NAME, chip::NAME:OFFSET or label::LABEL:OFFSET";
  }
  return {};
}

}  // namespace gpiobroker::config
