// SPDX-License-Identifier: GPL-2.0-or-later
// Learns, and makes up.
#include "fuzz/live/vocabulary.h"

#include <array>
#include <regex>

#include "core/base/spelling.h"
#include "support/hostile_names.h"

namespace gpiobroker::fuzz {
namespace {

constexpr const char* kManagerInterface = "org.gpiobroker1.Manager";
constexpr const char* kLeaseInterface = "org.gpiobroker1.Lease";

constexpr std::array kOptions{"direction",
                              "value",
                              "edge",
                              "bias",
                              "drive",
                              "active-low",
                              "consumer",
                              "debounce-period",
                              "event-clock",
                              "event-buffer-size",
                              "access",
                              "lifetime",
                              "process",
                              "fd",
                              "ttl-ms",
                              "heartbeat-ms",
                              "wait-ms",
                              "edge-timeout-ms",
                              "unobserved",
                              "direct",
                              "take-from-peripheral",
                              "colour"};

constexpr std::array kWords{"input",      "output",  "as-is",    "none",      "rising",
                            "both",       "pull-up", "disabled", "push-pull", "open-drain",
                            "shared",     "observe", "process",  "exclusive", "ttl",
                            "persistent", "lease",   "revoke",   ":1.1",      "org.gpiobroker1",
                            "",           "%s%n",    "../../x",  "GPIO17"};

constexpr std::array kLines{
    "GPIO4", "GPIO17", "GPIO22",  "J8:11",      "BOARD13",     "gpiochip0:22",
    "EXP6",  "EXP4",   "BCM27",   "GPIO99",     "EXP*",        "gpio-expander:2",
    "EXP7",  "odd",    "[mmc]:1", "label::*:0", "line::GPIO9", ""};

constexpr std::string_view kBasicTypes = "ybnqiuxtdsogh";

/// The bus lets them through, and the bus library of the broker does not.
constexpr std::array<std::string_view, 4> kNoncharacters{"x\xef\xbf\xbe", "\xef\xbf\xbf",
                                                         "\xef\xb7\x90", "\xf0\x9f\xbf\xbe"};

/// Not the bytes of those that are no UTF-8: for these the bus ends the connection.
std::string hostile_name(Random& random) {
  const std::string_view name = random.one_of(test::kHostileNames);
  if (random.one_in(20)) return std::string(random.one_of(kNoncharacters));
  return random.one_in(2) ? core::name_from(name) : core::fit_text(name);
}

std::string anything(Random& random) {
  constexpr std::size_t kShort = 20;
  constexpr std::size_t kLong = 200'000;
  std::string text(random.one_in(50) ? random.below(kLong) : random.below(kShort), 'x');
  for (char& c : text) c = static_cast<char>(1 + random.below(0x7F));
  return random.one_in(4) ? text + "\xC3\xA4\xE2\x82\xAC" : text;
}

/// Of one complete type, not deeper than that.
std::string type(Random& random, std::size_t depth) {
  const char basic = random.one_of(kBasicTypes);
  switch (depth == 0 ? 9 : random.below(10)) {
    case 0: return "a" + type(random, depth - 1);
    case 1: return std::string("a{") + basic + type(random, depth - 1) + "}";
    case 2: return "(" + type(random, depth - 1) + type(random, depth - 1) + ")";
    case 3: return "v";
    default: return {basic};
  }
}

}  // namespace

std::vector<std::string> Vocabulary::learn(const std::string& path, const std::string& xml) {
  paths_.push_back(path);
  for (const auto& [interface, content] : test::parse_introspection(xml)) {
    interfaces_.push_back(interface);
    for (const auto& [name, method] : content.methods) {
      auto& methods = interface == kManagerInterface ? manager_methods_ : methods_;
      methods.push_back({path, interface, name, method.in_signature});
    }
  }
  static const std::regex kNode(R"re(<node name="([^"]+)")re");
  std::vector<std::string> children;
  for (std::sregex_iterator it(xml.begin(), xml.end(), kNode), end; it != end; ++it) {
    children.push_back(path + "/" + it->str(1));
  }
  return children;
}

void Vocabulary::learn_lease(const std::string& path) {
  constexpr std::size_t kMost = 8;
  leases_.push_back(path);
  if (leases_.size() > kMost) leases_.pop_front();
  if (!lease_methods_.empty()) return;
  for (const auto& [name, method] : test::shipped_interface(kLeaseInterface).methods) {
    lease_methods_.push_back({"", kLeaseInterface, name, method.in_signature});
  }
}

std::string Vocabulary::client(Random& random) const {
  return clients_.empty() ? ":1.1" : random.one_of(clients_);
}

KnownMethod Vocabulary::method(Random& random) const {
  if (random.one_in(6)) return random.one_of(methods_);
  if (leases_.empty() || random.one_in(2)) return random.one_of(manager_methods_);
  KnownMethod method = random.one_of(lease_methods_);
  method.path = random.one_of(leases_);
  return method;
}

std::string Vocabulary::path(Random& random) const {
  if (!leases_.empty() && random.one_in(3)) return random.one_of(leases_);
  if (random.one_in(10)) return "/org/gpiobroker1/leases/" + std::to_string(random.number());
  return random.one_in(10) ? "/" : random.one_of(paths_);
}

std::string Vocabulary::interface(Random& random) const {
  return random.one_in(10) ? "org.example.Nothing" : random.one_of(interfaces_);
}

std::string Vocabulary::text(Random& random) {
  switch (random.below(5)) {
    case 0: return anything(random);
    case 1: return line(random);
    case 2: return option(random);
    case 3: return hostile_name(random);
    default: return random.one_of(kWords);
  }
}

std::string Vocabulary::line(Random& random) {
  return random.one_in(10) ? hostile_name(random) : random.one_of(kLines);
}

std::string Vocabulary::option(Random& random) {
  return random.one_of(kOptions);
}

std::string Vocabulary::signature(Random& random) {
  constexpr std::size_t kMostNesting = 4;
  std::string signature;
  for (std::size_t n = random.below(4); n > 0; --n)
    signature += type(random, random.below(kMostNesting));
  return signature;
}

}  // namespace gpiobroker::fuzz
