// SPDX-License-Identifier: GPL-2.0-or-later
// Most are nearly right: what is all wrong gets no further than the first check.
#include "fuzz/live/messages.h"

#include <algorithm>
#include <array>

namespace gpiobroker::fuzz {
namespace {

constexpr const char* kBroker = "org.gpiobroker1";

/// What the broker answers when there is something to answer.
bool may_wait(const Header& header, const std::string& body) {
  return header.member.starts_with("WaitForEdges") || body.find("wait-ms") != std::string::npos;
}

/// The beginning of a body, for a person.
std::string shown(const std::string& body) {
  constexpr std::size_t kMost = 200;
  std::string text = body.substr(0, kMost);
  std::ranges::replace_if(
      text, [](char c) { return c < ' ' || c > '~'; }, '.');
  return text;
}

}  // namespace

std::string Outgoing::description() const {
  return "type " + std::to_string(header.type) + (header.big_endian ? ", big-endian, " : ", ") +
         header.path + " " + header.interface + "." + header.member + " '" + header.signature +
         "', flags " + std::to_string(header.flags) + ", " + std::to_string(header.descriptors) +
         " descriptors, " + std::to_string(body.size()) + " bytes: " + shown(body);
}

Outgoing MessageMaker::any() {
  switch (random_.below(16)) {
    case 0: return random_.one_in(3) ? forged_end() : no_call();
    case 1:
    case 2: return strange_call();
    case 3: return property_call();
    default: return expected_call();
  }
}

Outgoing MessageMaker::with_body(Header header) {
  header.destination = kBroker;
  header.big_endian = random_.one_in(10);
  if (random_.one_in(20)) header.flags = static_cast<std::uint8_t>(random_.number());
  if (random_.one_in(20)) header.unknown = "what?";
  Writer body(header.big_endian);
  ValueWriter values(body, random_, words_);
  values.write(header.signature);
  if (values.has_descriptors()) header.descriptors = kDescriptors;
  return {.header = header, .body = body.bytes(), .may_wait = may_wait(header, body.bytes())};
}

Outgoing MessageMaker::expected_call() {
  const KnownMethod method = words_.method(random_);
  Header header{.path = method.path,
                .interface = method.interface,
                .member = method.name,
                .signature = method.signature};
  if (random_.one_in(16)) header.signature = Vocabulary::signature(random_);
  if (random_.one_in(16)) header.signature += Vocabulary::signature(random_);
  if (random_.one_in(16)) header.interface.clear();
  if (random_.one_in(16)) header.path = words_.path(random_);
  return with_body(header);
}

Outgoing MessageMaker::strange_call() {
  return with_body({.path = words_.path(random_),
                    .interface = random_.one_in(3) ? "" : words_.interface(random_),
                    .member = random_.one_in(2) ? "Nothing" : words_.method(random_).name,
                    .signature = Vocabulary::signature(random_)});
}

Outgoing MessageMaker::property_call() {
  static constexpr std::array kNames{"Lines",  "Id",   "LeaseCount", "Version", "Consumer",
                                     "Holder", "Used", "EdgesLost",  "",        "Nothing"};
  const bool one = random_.one_in(2);
  const bool set = one && random_.one_in(4);
  Outgoing call = with_body({.path = words_.path(random_),
                             .interface = "org.freedesktop.DBus.Properties",
                             .member = set   ? "Set"
                                       : one ? "Get"
                                             : "GetAll",
                             .signature = set   ? "ssv"
                                          : one ? "ss"
                                                : "s"});
  Writer body(call.header.big_endian);
  body.text(words_.interface(random_));
  if (one) body.text(random_.one_of(kNames));
  ValueWriter values(body, random_, words_);
  if (set) values.write("v");
  call.header.descriptors = values.has_descriptors() ? kDescriptors : 0;
  call.body = body.bytes();
  return call;
}

/// Signals, answers to calls that nobody made, and types of messages that there are not.
Outgoing MessageMaker::no_call() {
  static constexpr std::array<std::uint8_t, 4> kTypes{2, 3, 4, 5};
  Header header{.type = random_.one_of(kTypes),
                .path = words_.path(random_),
                .interface = random_.one_in(2) ? "org.freedesktop.DBus" : words_.interface(random_),
                .member = random_.one_in(2) ? "NameOwnerChanged" : "EdgesSeen",
                .signature = random_.one_in(2) ? "sss" : Vocabulary::signature(random_)};
  if (header.type != static_cast<std::uint8_t>(MessageType::signal)) {
    header.answers = 1 + random_.below(2000);
  }
  if (header.type == static_cast<std::uint8_t>(MessageType::error)) header.error = "org.example.No";
  return with_body(header);
}

/// As if the bus told of the end of some client, perhaps of one that lives and has a lease.
Outgoing MessageMaker::forged_end() {
  const std::string victim = words_.client(random_);
  Writer body(false);
  for (const std::string& text : {victim, victim, std::string()}) body.text(text);
  return {.header = {.type = static_cast<std::uint8_t>(MessageType::signal),
                     .path = "/org/freedesktop/DBus",
                     .interface = "org.freedesktop.DBus",
                     .member = "NameOwnerChanged",
                     .destination = kBroker,
                     .signature = "sss"},
          .body = body.bytes()};
}

}  // namespace gpiobroker::fuzz
