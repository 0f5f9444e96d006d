// SPDX-License-Identifier: GPL-2.0-or-later
// What the live fuzzer knows of the broker: what introspection says, words, and leases it has.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/live/random.h"
#include "harness/introspection.h"

namespace gpiobroker::fuzz {

struct KnownMethod {
  std::string path;
  std::string interface;
  std::string name;
  std::string signature;
};

class Vocabulary {
 public:
  /// Enters an object by its introspection, and returns the objects under it.
  std::vector<std::string> learn(const std::string& path, const std::string& xml);

  /// A lease that was granted; the oldest of many is forgotten.
  void learn_lease(const std::string& path);

  /// Everybody who is on the bus, by unique name.
  void learn_clients(std::vector<std::string> names) { clients_ = std::move(names); }

  [[nodiscard]] std::string client(Random& random) const;
  [[nodiscard]] KnownMethod method(Random& random) const;
  [[nodiscard]] std::string path(Random& random) const;
  [[nodiscard]] std::string interface(Random& random) const;

  /// A word that some argument takes, or anything else, sometimes a lot of it.
  [[nodiscard]] static std::string text(Random& random);
  [[nodiscard]] static std::string line(Random& random);
  [[nodiscard]] static std::string option(Random& random);
  [[nodiscard]] static std::string signature(Random& random);

 private:
  std::vector<KnownMethod> methods_;          // of all objects, and there are many lines
  std::vector<KnownMethod> manager_methods_;  // of the one that matters most
  std::vector<std::string> paths_;
  std::vector<std::string> interfaces_;
  std::vector<std::string> clients_;
  std::vector<KnownMethod> lease_methods_;
  std::deque<std::string> leases_;
};

}  // namespace gpiobroker::fuzz
