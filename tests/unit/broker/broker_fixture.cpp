// SPDX-License-Identifier: GPL-2.0-or-later
// Acquiring, and checks that many tests make.
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {

core::Result<LeaseId> BrokerTest::acquire(const Client& holder, const Specs& lines,
                                          const LineSettings& settings) {
  core::AcquireRequest request;
  for (const std::string& line : lines) request.lines.push_back({line, settings});
  return broker_.acquire(holder, request, kNow);
}

Specs BrokerTest::lines_of(LeaseId lease) {
  Specs specs;
  for (const core::LeasedLine& line : broker_.leases().find(lease)->lines) {
    specs.push_back(line.spec);
  }
  return specs;
}

void BrokerTest::expect_nothing_forgotten(const std::vector<LineId>& lines) {
  for (const LineId line : lines) {
    if (broker_.leases().of_line(line) != nullptr) continue;
    if (broker_.quarantine().find(line) != nullptr) continue;
    EXPECT_FALSE(pin(line).driven) << board_.chips().describe(line);
    EXPECT_FALSE(broker_.held().in_use(line)) << board_.chips().describe(line);
  }
}

}  // namespace gpiobroker::test
