// SPDX-License-Identifier: GPL-2.0-or-later
// One text, or one list: D-Bus takes texts of any length and lists of 64 MiB.
#include "fuzz/live/large_message.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::fuzz {
namespace {

constexpr std::size_t kLongestList = std::size_t{64} * 1024 * 1024;

std::string text_of(std::size_t most) {
  Writer length(false);
  length.number(most - sizeof(std::uint32_t) - 1, 4);
  std::string body(most, 'x');
  body.replace(0, length.bytes().size(), length.bytes());
  body.back() = '\0';
  return body;
}

/// Requests for lines, each of nothing: 16 bytes that become more than a hundred in a program.
std::string requests_of(std::size_t most) {
  constexpr std::size_t kRequest = 16;
  constexpr std::size_t kLength = 8;   // of the list, before it
  constexpr std::size_t kOptions = 8;  // none, after it
  const std::size_t size = std::min(most - kLength - kOptions, kLongestList) / kRequest * kRequest;
  Writer length(false);
  length.number(size, 4);
  std::string body(kLength + size + kOptions, '\0');
  body.replace(0, length.bytes().size(), length.bytes());
  return body;
}

Outgoing call(const char* member, const char* signature, std::string body) {
  return {.header = {.path = "/org/gpiobroker1",
                     .interface = "org.gpiobroker1.Manager",
                     .member = member,
                     .destination = "org.gpiobroker1",
                     .signature = signature},
          .body = std::move(body)};
}

/// Of a type that is no call: what the broker hears, or waits for, or neither.
Outgoing other(MessageType type, std::uint32_t answers, std::size_t most) {
  Outgoing message = call("NameOwnerChanged", "s", text_of(most));
  message.header.type = static_cast<std::uint8_t>(type);
  message.header.path = "/org/freedesktop/DBus";
  message.header.interface = "org.freedesktop.DBus";
  if (type != MessageType::signal) message.header.answers = answers;
  if (type == MessageType::error) message.header.error = "org.example.No";
  return message;
}

}  // namespace

Outgoing large_message(Random& random, std::size_t most) {
  const std::size_t size = random.one_in(3) ? random.below(most) + 64 : most;
  const auto answers = static_cast<std::uint32_t>(1 + random.below(2000));
  switch (random.below(6)) {
    case 0: return other(MessageType::signal, answers, size);
    case 1: return other(MessageType::answer, answers, size);
    case 2: return other(MessageType::error, answers, size);
    case 3: return call("FindLine", "s", text_of(size));
    default: return call("AcquireLinesEach", "a(sa{sv})a{sv}", requests_of(size));
  }
}

}  // namespace gpiobroker::fuzz
