// SPDX-License-Identifier: GPL-2.0-or-later
// Words for settings.
#include "support/fake_record.h"

#include <algorithm>
#include <iterator>

#include "core/line/vocabulary.h"

namespace gpiobroker::test {

std::vector<std::string> FakeRecord::changes() const {
  std::vector<std::string> changes;
  std::ranges::copy_if(entries_, std::back_inserter(changes), [](const std::string& entry) {
    return !entry.starts_with("info ") && !entry.starts_with("get ");
  });
  return changes;
}

std::string words_for(const core::LineSettings& settings) {
  if (settings == core::kSafeInput) return "safe";
  std::string words(to_word(settings.direction));
  if (settings.direction == core::Direction::output) {
    words += settings.value == core::Value::active ? "=1" : "=0";
  }
  if (settings.bias != core::Bias::as_is) words += " " + std::string(to_word(settings.bias));
  if (settings.drive != core::Drive::push_pull) words += " " + std::string(to_word(settings.drive));
  if (settings.edge != core::Edge::none) words += " edge-" + std::string(to_word(settings.edge));
  if (settings.active_low) words += " active-low";
  if (settings.debounce.count() != 0) {
    words += " debounce-" + std::to_string(settings.debounce.count());
  }
  return words;
}

}  // namespace gpiobroker::test
