// SPDX-License-Identifier: GPL-2.0-or-later
// What both ends of a fake chip share, and how an operation on it goes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "gpio/simulated_lines.h"
#include "support/fake_faults.h"
#include "support/fake_record.h"

namespace gpiobroker::test {

class FakeKernelRequest;

struct FakeState {
  core::ChipInfo info;
  std::shared_ptr<gpio::SimulatedLines> lines;
  std::shared_ptr<FakeRecord> record;
  FakeFaults faults = {};
  std::map<core::Offset, core::LineSettings> lies = {};  // what is said of a line instead
  std::map<core::Offset, core::LineSettings> lies_while_free = {};
  std::map<core::Offset, std::string> claims = {};  // what drivers have claimed pins for
  std::vector<core::LineNews> news = {};            // of others, to be read
  std::set<core::Offset> apart = {};                // lines that are watched apart
  /// The last request with each line that was handed out.
  std::map<core::Offset, std::weak_ptr<FakeKernelRequest>> handed_out = {};
  bool hands_out = true;
  bool stops_driving_on_release = false;
  bool gone = false;

  /// A line by its name, or its offset if it has none.
  [[nodiscard]] std::string name_of(core::Offset line) const;
  [[nodiscard]] std::string names_of(std::span<const core::Offset> of) const;

  /// What the broker finds when it reads the news.
  void tell(core::Offset line, core::LineNews::What what) {
    news.push_back({line, what, gpio::SimulatedLines::time(), lines->info(line)});
  }

  /// Notes an operation that takes its lines or leaves them as one, and does the work, or fails.
  template <class Work>
  auto carry_out(Operation operation, std::span<const core::Offset> on, const std::string& entry,
                 Work work) -> decltype(work()) {
    record->add(entry);
    const std::optional<FakeFault> fault = fault_of(operation, on);
    decltype(work()) result = refused(fault.value_or(FakeFault{}), entry);
    if (!fault || fault->effect == Effect::done) result = work();
    if (fault && result) result = refused(*fault, entry);
    if (!result) record->note_failure();
    return result;
  }

 private:
  static core::Refused refused(const FakeFault& fault, const std::string& entry);
  std::optional<FakeFault> fault_of(Operation operation, std::span<const core::Offset> on);
};

}  // namespace gpiobroker::test
