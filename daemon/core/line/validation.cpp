// SPDX-License-Identifier: GPL-2.0-or-later
// Checks rule by rule; a refusal names the setting at fault, its value, and what goes with it.
#include "core/line/validation.h"

#include "core/line/vocabulary.h"

namespace gpiobroker::core {
namespace {

Refused needs(const char* field, std::string_view value, const char* direction,
              const LineSettings& settings) {
  return refuse(Reason::invalid_setting, field,
                std::string(field) + " '" + std::string(value) + "' needs direction " + direction +
                    "; direction here is '" + std::string(to_word(settings.direction)) + "'");
}

}  // namespace

Result<void> validate(const LineSettings& settings) {
  const bool input = settings.direction == Direction::input;
  const bool output = settings.direction == Direction::output;
  if (settings.value && !output) {
    return needs("value", settings.value == Value::active ? "1" : "0", "output", settings);
  }
  if (settings.drive != Drive::push_pull && !output) {
    return needs("drive", to_word(settings.drive), "output", settings);
  }
  if (settings.edge != Edge::none && !input) {
    return needs("edge", to_word(settings.edge), "input", settings);
  }
  if (settings.debounce.count() != 0 && !input) {
    return needs("debounce-period", std::to_string(settings.debounce.count()), "input", settings);
  }
  if (settings.bias != Bias::as_is && !input && !output) {
    return needs("bias", to_word(settings.bias), "input or output", settings);
  }
  if (settings.active_low && !input && !output) {
    return needs("active-low", "true", "input or output", settings);
  }
  return {};
}

}  // namespace gpiobroker::core
