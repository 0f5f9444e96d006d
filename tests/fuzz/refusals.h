// SPDX-License-Identifier: GPL-2.0-or-later
// What every refusal promises: a field, and words that are safe to print.
#pragma once

#include <algorithm>
#include <string>

#include "core/base/refusal.h"
#include "fuzz/input.h"

namespace gpiobroker::fuzz {

inline void expect_printable(const std::string& text) {
  expect(!text.empty(), "there are words");
  expect(std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; }),
         "words are printable: " + text);
}

inline void expect_helpful(const core::Refusal& refusal) {
  constexpr std::size_t kLongest = 4096;  // a message names lines, and there can be some of them
  expect(!refusal.field.empty() || refusal.reason == core::Reason::unknown_setting,  // named ''
         "a refusal names a field: " + refusal.message);
  expect_printable(refusal.message);
  expect(refusal.message.size() <= kLongest, "a refusal is short: " + refusal.message);
}

}  // namespace gpiobroker::fuzz
