// SPDX-License-Identifier: GPL-2.0-or-later
// Names, and the fault of an operation.
#include "support/fake_state.h"

namespace gpiobroker::test {

std::string FakeState::name_of(core::Offset line) const {
  if (line.value >= info.line_count) return std::to_string(line.value);
  const std::string name = lines->info(line).name;
  return name.empty() ? std::to_string(line.value) : name;
}

std::string FakeState::names_of(std::span<const core::Offset> of) const {
  std::string names;
  for (const core::Offset line : of) names += " " + name_of(line);
  return names;
}

core::Refused FakeState::refused(const FakeFault& fault, const std::string& entry) {
  return core::refuse(fault.reason, "lines", "the fake chip fails: " + entry);
}

std::optional<FakeFault> FakeState::fault_of(Operation operation,
                                             std::span<const core::Offset> on) {
  const auto whole = faults.next();
  if (gone) return FakeFault{.reason = core::Reason::chip_gone};
  if (whole) return whole;
  const auto reason = faults.of_lines(operation, on);
  return reason ? std::optional(FakeFault{.reason = *reason}) : std::nullopt;
}

}  // namespace gpiobroker::test
