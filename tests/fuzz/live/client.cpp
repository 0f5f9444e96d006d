// SPDX-License-Identifier: GPL-2.0-or-later
// Bursts, floods, ends without a word; and the promise about answers.
#include "fuzz/live/client.h"

#include <array>
#include <csignal>
#include <stdexcept>

#include "fuzz/live/large_message.h"

namespace gpiobroker::fuzz {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kDeadline{20};  // for answers; less than the test waits for this client

Header call_of_bus(const char* member, const char* signature = "") {
  return {.path = "/org/freedesktop/DBus",
          .interface = "org.freedesktop.DBus",
          .member = member,
          .destination = "org.freedesktop.DBus",
          .signature = signature};
}

/// A name that the broker, or the bus in its place, promises.
bool is_promised(const std::string& error) {
  return error.starts_with("org.gpiobroker1.Error.") ||
         error.starts_with("org.freedesktop.DBus.Error.");
}

}  // namespace

Client::Client(const std::string& address, std::uint32_t seed, std::size_t largest)
    : connection_(address), random_(seed), largest_(largest) {
  name_ = ask(call_of_bus("Hello"), "").text();
  Writer body(false);
  body.text("org.gpiobroker1");
  broker_ = ask(call_of_bus("GetNameOwner", "s"), body.bytes()).text();
  words_.learn_clients(ask(call_of_bus("ListNames"), "").texts());
  learn();
}

void Client::learn() {
  std::vector<std::string> paths{"/org/gpiobroker1"};
  while (!paths.empty()) {
    const std::string path = paths.back();
    paths.pop_back();
    const Received answer = ask({.path = path,
                                 .interface = "org.freedesktop.DBus.Introspectable",
                                 .member = "Introspect",
                                 .destination = broker_},
                                "");
    const auto children = words_.learn(path, answer.text());
    paths.insert(paths.end(), children.begin(), children.end());
  }
}

Received Client::ask(Header header, const std::string& body) {
  header.serial = ++serial_;
  connection_.send(to_bytes(header, body));
  while (const auto message = connection_.receive(kDeadline)) {
    if (message->answers == serial_) return *message;
  }
  throw std::runtime_error("no answer to " + header.member);
}

void Client::talk(std::size_t messages) {
  constexpr std::size_t kLongestBurst = 60;
  for (std::size_t sent = 0; sent < messages;) {
    const std::size_t length = 1 + random_.below(kLongestBurst);
    burst(length);
    if (random_.one_in(40)) flood(random_.below(1000));
    if (!random_.one_in(4)) wait_for_answers();
    sent += length;
  }
  wait_for_answers();
}

void Client::burst(std::size_t messages) {
  for (; messages > 0; --messages) {
    if (largest_ > 0 && random_.one_in(250)) send(large_message(random_, largest_));
    send(maker_.any());
    vanish_perhaps();
  }
}

/// One call again and again, with no answer wanted. Not the one that asks for all there is: that
/// takes milliseconds, and who floods the broker with it waits as long as he deserves.
void Client::flood(std::size_t messages) {
  Outgoing message = maker_.expected_call();
  while (message.header.member == "GetManagedObjects") message = maker_.expected_call();
  message.header.flags = kNoReplyExpected;
  for (; messages > 0; --messages) send(message);
}

/// As a client does that crashes: with calls under way, and answers that it has not read.
void Client::vanish_perhaps() {
  if (random_.one_in(2000)) std::raise(SIGKILL);
}

void Client::send(Outgoing message) {
  message.header.serial = ++serial_;
  const bool call = message.header.type == static_cast<std::uint8_t>(MessageType::call);
  const bool answered = call && (message.header.flags & kNoReplyExpected) == 0;
  if (answered && !message.may_wait) expected_[serial_] = message.description();
  const std::array descriptors{pipe_.reader.get(), pipe_.writer.get()};
  const std::size_t count = message.header.descriptors;
  connection_.send(head_of(message.header, message.body.size()),
                   std::span(descriptors).first(count));
  connection_.send(message.body);  // by itself: a copy of a large one takes much memory
}

void Client::wait_for_answers() {
  while (!expected_.empty()) {
    const auto message = connection_.receive(kDeadline);
    if (!message) throw std::runtime_error("no answer to " + expected_.begin()->second);
    take(*message);
  }
  while (const auto message = connection_.receive(milliseconds(0))) take(*message);
}

void Client::take(const Received& message) {
  if (message.answers != 0) take_answer(message);
  if (message.type == MessageType::call) answer(message);
}

void Client::take_answer(const Received& message) {
  const auto call = expected_.find(message.answers);
  const std::string what = call == expected_.end() ? "a call that may wait" : call->second;
  if (message.type == MessageType::error && !is_promised(message.error)) {
    throw std::runtime_error("error " + message.error + " (" + message.text() + ") for " + what);
  }
  if (message.signature == "o") words_.learn_lease(message.text());
  expected_.erase(message.answers);
}

/// The broker asks whether its signals were read.
void Client::answer(const Received& call) {
  const bool well = random_.one_in(2);
  Header header{.type = static_cast<std::uint8_t>(well ? MessageType::answer : MessageType::error),
                .serial = ++serial_,
                .error = well ? "" : "org.example.NotNow",
                .destination = call.sender,
                .answers = call.serial};
  connection_.send(to_bytes(header, ""));
}

}  // namespace gpiobroker::fuzz
