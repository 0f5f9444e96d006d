// SPDX-License-Identifier: GPL-2.0-or-later
// What both ends of a fake chip share, and how an operation on it goes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "gpio/simulated_lines.h"
#include "support/fake_faults.h"
#include "support/fake_record.h"

namespace gpiobroker::test {

struct FakeState {
  core::ChipInfo info;
  std::shared_ptr<gpio::SimulatedLines> lines;
  std::shared_ptr<FakeRecord> record;
  FakeFaults faults = {};
  std::map<core::Offset, core::LineSettings> lies = {};  // what is said of a line instead
  bool stops_driving_on_release = false;
  bool gone = false;

  /// A line by its name, or its offset if it has none.
  [[nodiscard]] std::string name_of(core::Offset line) const;
  [[nodiscard]] std::string names_of(std::span<const core::Offset> of) const;

  /// Notes an operation that takes its lines or leaves them as one, and does the work, or fails.
  template <class Work>
  auto carry_out(Operation operation, std::span<const core::Offset> on, const std::string& entry,
                 Work work) -> decltype(work()) {
    const std::optional<FakeFault> fault = fault_of(operation, on);
    record->add(fault ? entry + " fails" : entry);
    if (!fault) return work();
    if (fault->effect == Effect::done) (void)work();
    return core::refuse(fault->reason, "lines", "the fake chip fails: " + entry);
  }

 private:
  std::optional<FakeFault> fault_of(Operation operation, std::span<const core::Offset> on);
};

}  // namespace gpiobroker::test
