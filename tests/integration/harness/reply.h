// SPDX-License-Identifier: GPL-2.0-or-later
// Values on their way to and from the bus, as JSON, and what a call was answered with.
#pragma once

#include <map>
#include <ostream>
#include <string>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace gpiobroker::test {

using Json = nlohmann::json;

/// A variant to send: v("s", "output").
inline Json v(const std::string& signature, const Json& value) {
  return Json::object({{signature, value}});
}

/// Settings or options, a{sv}, made with v().
using Settings = std::map<std::string, Json>;

struct Reply {
  Json values = Json::array();  ///< what the method returned; variants stand for what is in them
  std::string error;            ///< the error's name; empty if there was none
  std::string message;          ///< the error's text

  bool operator==(const Reply&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const Reply& reply) {
  if (reply.error.empty()) return out << "answered " << reply.values;
  return out << reply.error << ": " << reply.message;
}

inline constexpr const char* kErrors = "org.gpiobroker1.Error.";
inline constexpr const char* kUnknownObject = "org.freedesktop.DBus.Error.UnknownObject";

MATCHER(Succeeded, negation ? "failed" : "succeeded") {
  return arg.error.empty();
}

/// refused_for("Busy"): an error of the broker's, by its reason.
MATCHER_P(RefusedFor, reason, "was refused for " + std::string(reason)) {
  return arg.error == std::string(kErrors) + reason;
}

/// An error of the broker's, by its reason and a matcher for the message.
MATCHER_P2(RefusedFor, reason, message, "was refused for " + std::string(reason)) {
  return arg.error == std::string(kErrors) + reason &&
         testing::ExplainMatchResult(message, arg.message, result_listener);
}

}  // namespace gpiobroker::test
