// SPDX-License-Identifier: GPL-2.0-or-later
// Many calls under way at a time: one after the other would take minutes.
#include "client/guess.h"

namespace gpiobroker::test_client {
namespace {

constexpr unsigned kMostUnderWay = 256;

Json call_on(const std::string& path, const char* interface, const char* member,
             const char* signature, const Json& arguments) {
  return {{"destination", "org.gpiobroker1"}, {"path", path},
          {"interface", interface},           {"member", member},
          {"signature", signature},           {"arguments", arguments}};
}

Json releasing(const std::string& lease) {
  return call_on(lease, "org.gpiobroker1.Lease", "Release", "asa{sv}",
                 Json::array({Json::array(), Json::object()}));
}

Json accepting(const std::string& lease) {
  return call_on("/org/gpiobroker1", "org.gpiobroker1.Manager", "AcceptLease", "o",
                 Json::array({lease}));
}

}  // namespace

Json guess(Connection& connection, std::uint64_t first, std::uint64_t count) {
  std::map<std::string, unsigned> answers;
  for (std::uint64_t id = first; id < first + count; ++id) {
    const std::string lease = "/org/gpiobroker1/leases/" + std::to_string(id);
    for (const Json& call : {releasing(lease), accepting(lease)}) {
      connection.call_and_count(connection.new_call(call).get(), answers);
    }
    connection.wait_until_under_way(kMostUnderWay);
  }
  connection.wait_until_under_way(0);
  return answers;
}

}  // namespace gpiobroker::test_client
