// SPDX-License-Identifier: GPL-2.0-or-later
// A broker over two fake chips, and clients to call it.
#pragma once

#include "core/broker/broker.h"
#include "unit/chip/board_fixture.h"

namespace gpiobroker::test {

using core::Client;
using core::EndReason;
using core::Instant;
using core::LeaseId;
using Specs = std::vector<std::string>;

inline constexpr std::uint32_t kGpioGroup = 997;

inline const Client kAlice{.name = {":1.1"},
                           .uid = 1000,
                           .pid = 11,
                           .unit = "",
                           .command = "blink",
                           .gids = {1000, kGpioGroup}};
inline const Client kBob{.name = {":1.2"},
                         .uid = 1001,
                         .pid = 22,
                         .unit = "fan.service",
                         .command = "fan",
                         .gids = {1001, kGpioGroup}};
/// In no group that may lease.
inline const Client kCarol{
    .name = {":1.3"}, .uid = 1002, .pid = 33, .unit = "", .command = "peek", .gids = {1002}};

inline const Client kRoot{.name = {":1.99"}, .uid = 0};

/// No rules, and a group gpio.
inline core::Policy default_policy() {
  return core::Policy({.rules = {},
                       .lines = {},
                       .aliases = {},
                       .quotas = {},
                       .defaults = {.gpio_group = kGpioGroup}});
}

inline constexpr Instant kNow = std::chrono::hours(1);

class BrokerTest : public BoardTest {
 protected:
  BrokerTest() { broker_.set_policy(default_policy()); }

  /// Acquires lines with the same settings for each.
  core::Result<LeaseId> acquire(const Client& holder, const Specs& lines,
                                const LineSettings& settings);

  /// Acquires lines that can be had, driven high.
  LeaseId lease(const Client& holder, const Specs& lines) {
    return acquire(holder, lines, kHigh).value();
  }

  core::Change release(const Client& caller, LeaseId lease, const Specs& lines = {}) {
    return broker_.release(caller, lease, lines, kNow).value();
  }

  /// The specs of the lines that a lease still has.
  Specs lines_of(LeaseId lease);

  /// Expects of each line that it is leased, in quarantine, or nobody's and not driven.
  void expect_nothing_forgotten(const std::vector<LineId>& lines);

  core::Broker broker_{board_};
  core::LineIo& access_ = broker_.line_io();
};

}  // namespace gpiobroker::test
