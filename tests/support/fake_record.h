// SPDX-License-Identifier: GPL-2.0-or-later
// What was done to fake chips, as a list that a person can read.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/chip/chip.h"

namespace gpiobroker::test {

/// One entry an operation, in the order in which they were made, over all chips that share it:
///   request GPIO17 GPIO27
///   configure GPIO17 output=1, GPIO27 as-is
///   info GPIO17
///   get GPIO17 GPIO27
///   set GPIO17=1 GPIO27=0
///   hand out GPIO17 GPIO27
///   close GPIO17 GPIO27
/// An operation that failed says so at its end. The safe input is called "safe".
class FakeRecord {
 public:
  void add(std::string entry) { entries_.push_back(std::move(entry)); }

  /// Of the last entry.
  void note_failure() { entries_.back() += " fails"; }

  void forget() { entries_.clear(); }

  [[nodiscard]] const std::vector<std::string>& all() const { return entries_; }

  /// Those that change something: all but info and get.
  [[nodiscard]] std::vector<std::string> changes() const;

 private:
  std::vector<std::string> entries_;
};

/// "output=1 pull-up active-low": only what is not the default.
[[nodiscard]] std::string words_for(const core::LineSettings& settings);

}  // namespace gpiobroker::test
