// SPDX-License-Identifier: GPL-2.0-or-later
// It has the line from the answer that grants it until the call that gives it back.
#include "client/race.h"

#include <chrono>
#include <stdexcept>

namespace gpiobroker::test_client {
namespace {

constexpr const char* kBroker = "org.gpiobroker1";

Json acquiring(const std::string& line) {
  return {{"destination", kBroker},
          {"path", "/org/gpiobroker1"},
          {"interface", "org.gpiobroker1.Manager"},
          {"member", "AcquireLines"},
          {"signature", "asa{sv}"},
          {"arguments", Json::array({Json::array({line}), Json::object()})}};
}

Json giving_back(const std::string& lease) {
  return {{"destination", kBroker},
          {"path", lease},
          {"interface", "org.gpiobroker1.Lease"},
          {"member", "Release"},
          {"signature", "asa{sv}"},
          {"arguments", Json::array({Json::array(), Json::object()})}};
}

std::int64_t now() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

}  // namespace

Json race(Connection& connection, const std::string& line, unsigned times) {
  Json holds = Json::array();
  unsigned refused = 0;
  while (holds.size() < times) {
    const Json granted = connection.call(connection.new_call(acquiring(line)).get());
    const std::int64_t from = now();
    if (!granted.contains("ok")) {
      ++refused;
      continue;
    }
    const Message release = connection.new_call(giving_back(granted.at("ok").at(0)));
    holds.push_back({from, now()});
    if (!connection.call(release.get()).contains("ok")) throw std::runtime_error("not released");
  }
  return {{"holds", holds}, {"refused", refused}};
}

}  // namespace gpiobroker::test_client
