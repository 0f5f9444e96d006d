// SPDX-License-Identifier: GPL-2.0-or-later
// What the tests on the Raspberry Pi 4 model start from: the installed broker runs, as shipped.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "pi4/pi.h"

namespace gpiobroker::test {

class PiTest : public testing::Test {
 protected:
  static constexpr unsigned kDriven = 17;
  static constexpr unsigned kRead = 18;

  PiTest();
  void TearDown() override;

  /// Starts a program that stays, until the end of the test at most. Returns its process id there.
  std::string start(const std::string& command);

  /// Starts a client of the broker's that has the one line as an output at 1, the other as an
  /// input, both with a pull-up, and waits until the registers say so. Returns its process id.
  std::string start_client();

  /// SIGKILL, to any process there.
  void kill(const std::string& pid);

  [[nodiscard]] std::string broker_pid();

  /// Lays a [Service] section over the broker's unit, for this test.
  void change_unit(const std::vector<std::string>& settings);

  /// What the registers say of the two pins; and that it is, or comes to be, this.
  [[nodiscard]] std::string driven() { return text(pi_.pin(kDriven)); }
  [[nodiscard]] std::string read() { return text(pi_.pin(kRead)); }
  bool become(const std::string& driven_pin, const std::string& read_pin);
  bool become_safe() { return become("input, pull none", "input, pull none"); }

  /// Waits until the kernel says that somebody has a line of the pin controller's.
  bool become_used(unsigned offset);

  /// Kills a process, expects both pins to become safe, and says how long that took.
  void expect_safe_pins_after_killing(const std::string& what, const std::string& pid);

  Pi& pi_ = the_pi();

 private:
  std::vector<std::string> started_;  // their process ids
};

}  // namespace gpiobroker::test
