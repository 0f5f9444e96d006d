// SPDX-License-Identifier: GPL-2.0-or-later
// What most tests start from: a bus, a board, a broker on both, and somebody who watches.
#pragma once

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/board.h"
#include "harness/client_process.h"
#include "harness/daemon_process.h"
#include "harness/eventually.h"
#include "harness/test_bus.h"

namespace gpiobroker::test {

/// An output, driven high, with its pull-up on: what must not be left behind.
[[nodiscard]] Settings driven_high();

class BrokerTest : public testing::Test {
 protected:
  /// The wrapper is a program that runs the daemon, with its arguments; the configuration is the
  /// text of the daemon's config.json; more chips are simulated ones, as after --simulate.
  explicit BrokerTest(const std::vector<std::string>& wrapper = {},
                      const std::string& configuration = DaemonProcess::kOpenToAll,
                      const std::vector<std::string>& more_chips = {});

  /// A daemon that still runs must end well; what it wrote shows if the test failed.
  void TearDown() override;

  /// A client of the broker: an ordinary user, unless another is named.
  [[nodiscard]] ClientProcess client(uid_t user = client_user()) const;

  [[nodiscard]] PinState pin(Pin pin) { return board_->look(observer_, pin); }
  [[nodiscard]] bool is_safe(Pin which) { return test::is_safe(pin(which)); }

  /// Returns once the broker has dealt with the end of a client: the bus tells it before it
  /// answers anybody that the name is gone, and the broker takes one message after the other.
  void wait_for_goodbye(const ClientProcess& client) { wait_for_goodbye(client.bus_name()); }
  void wait_for_goodbye(const std::string& bus_name);

  /// What org.gpiobroker1.Line says of a line.
  [[nodiscard]] Json line(const std::string& name);
  [[nodiscard]] std::string line_path(const std::string& name);
  [[nodiscard]] Json properties(const std::string& path, const std::string& interface);

  /// Every object of the broker's with all its properties.
  [[nodiscard]] Json everything();
  [[nodiscard]] std::vector<std::string> lease_paths();

  /// How many leases were granted so far: every grant has a number of its own, so one more is made,
  /// of the free line EXP5.
  [[nodiscard]] unsigned long leases_granted();

  /// An ordinary user of the bus: nobody; or whom the variable GPIOBROKER_TEST_USER names.
  [[nodiscard]] static uid_t client_user();

  TestBus bus_;
  std::unique_ptr<Board> board_ = make_board();
  DaemonProcess daemon_;
  ClientProcess observer_;
};

/// The path in the answer to an acquire. Throws if it was refused.
[[nodiscard]] std::string lease_in(const Reply& reply);

}  // namespace gpiobroker::test
