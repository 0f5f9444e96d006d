// SPDX-License-Identifier: GPL-2.0-or-later
// The message bus of a test.
#pragma once

#include <optional>
#include <string>

#include "harness/process.h"
#include "harness/temporary_folder.h"

namespace gpiobroker::test {

/// A dbus-daemon of its own, with the limits of the system bus and its rules: who is not root may
/// do what the package lets everybody do; `rules` of a bus configuration go before all that.
/// Where the variable GPIOBROKER_TEST_BUS_RULES is "open" everybody may do everything else. Or the
/// bus that the variable GPIOBROKER_TEST_BUS names, which has rules of its own and cannot be
/// stopped or killed.
class TestBus {
 public:
  explicit TestBus(const std::string& rules = {});

  [[nodiscard]] const std::string& address() const { return address_; }

  void stop() const { daemon_->stop(); }
  void go_on() const { daemon_->go_on(); }
  void kill();

 private:
  TemporaryFolder folder_;
  std::string address_;
  std::optional<Process> daemon_;
};

}  // namespace gpiobroker::test
