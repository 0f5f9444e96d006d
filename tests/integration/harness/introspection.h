// SPDX-License-Identifier: GPL-2.0-or-later
// What introspection XML says of an interface.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace gpiobroker::test {

struct Method {
  std::vector<std::string> in;  ///< "name: type" of each argument
  std::vector<std::string> out;
  std::string in_signature;

  bool operator==(const Method&) const = default;
};

struct Property {
  std::string type;
  std::string access;
  std::string emits_changed = "true";  ///< the specification's default

  bool operator==(const Property&) const = default;
};

struct Interface {
  std::map<std::string, Method> methods;                    // by their names
  std::map<std::string, std::vector<std::string>> signals;  // by their names: "name: type" of each
  std::map<std::string, Property> properties;               // by their names

  bool operator==(const Interface&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Interface& interface);

/// The interfaces of a document, by their names. Child nodes are not looked into.
[[nodiscard]] std::map<std::string, Interface> parse_introspection(const std::string& xml);

/// The interface that the project ships a description of.
[[nodiscard]] Interface shipped_interface(const std::string& name);

}  // namespace gpiobroker::test
