// SPDX-License-Identifier: GPL-2.0-or-later
// The timer that kills, and the calls until then.
#include "client/churn.h"

#include <random>

#include "client/direct.h"

namespace gpiobroker::test_client {
namespace {

Json lease_call(const std::string& lease, const char* member, const char* signature,
                const Json& arguments) {
  return {{"destination", "org.gpiobroker1"},
          {"path", lease},
          {"interface", "org.gpiobroker1.Lease"},
          {"member", member},
          {"signature", signature},
          {"arguments", arguments}};
}

Json acquire_call(const Json& lines) {
  const Json high = {
      {"direction", {{"s", "output"}}}, {"value", {{"i", 1}}}, {"bias", {{"s", "pull-up"}}}};
  return {{"destination", "org.gpiobroker1"},
          {"path", "/org/gpiobroker1"},
          {"interface", "org.gpiobroker1.Manager"},
          {"member", "AcquireLines"},
          {"signature", "asa{sv}"},
          {"arguments", Json::array({lines, high})}};
}

/// Two neighbours, so that clients that die at once have chosen different lines often enough.
Json choose(const std::vector<std::string>& lines, std::mt19937& random) {
  const std::size_t first = random() % lines.size();
  return Json::array({lines[first], lines[(first + 1) % lines.size()]});
}

void live_once(Connection& connection, const Json& lines) {
  const Json granted = connection.call(connection.new_call(acquire_call(lines)).get());
  if (!granted.contains("ok")) return;  // somebody else has one of them
  const std::string lease = granted.at("ok").at(0);
  const std::string first = lines.at(0);
  const std::vector<Json> calls = {
      lease_call(lease, "SetValues", "a{si}", Json::array({Json::object({{first, 0}})})),
      lease_call(lease, "SetValues", "a{si}", Json::array({Json::object({{first, 1}})})),
      lease_call(lease, "Release", "asa{sv}", Json::array({Json::array({first}), Json::object()})),
      lease_call(lease, "Release", "asa{sv}", Json::array({Json::array(), Json::object()})),
  };
  for (const Json& call : calls) connection.call(connection.new_call(call).get());
}

}  // namespace

void churn(Connection& connection, const std::vector<std::string>& lines, unsigned seed,
           unsigned microseconds) {
  std::mt19937 random(seed);
  have_the_kernel_kill_us_in(microseconds);
  while (true) live_once(connection, choose(lines, random));
}

}  // namespace gpiobroker::test_client
