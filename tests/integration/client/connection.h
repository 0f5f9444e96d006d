// SPDX-License-Identifier: GPL-2.0-or-later
// The client's connection to the bus, by plain sd-bus: the broker is written with another library.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "client/json_message.h"

namespace gpiobroker::test_client {

class Connection {
 public:
  explicit Connection(const std::string& address);

  [[nodiscard]] std::string unique_name() const;

  /// A call as the test describes it: destination, path, interface, member, signature, arguments.
  [[nodiscard]] Message new_call(const Json& call) const;

  /// A signal to one client, as the test describes it: with the same words as a call.
  [[nodiscard]] Message new_signal(const Json& signal) const;

  /// {"ok": values} or {"error": name, "message": text}.
  Json call(sd_bus_message* message);

  /// The answer itself, or nothing, and why.
  Message reply_to(sd_bus_message* message, Json& failure);

  /// Sends, and says that no answer is wanted.
  void send(sd_bus_message* message);

  /// Sends a call that is to be answered, and does not look for the answer.
  void ask(sd_bus_message* message);

  /// Sends, and counts the answer, once it comes, under its error's name: "" for none.
  void call_and_count(sd_bus_message* message, std::map<std::string, unsigned>& answers);

  /// Returns when no more than so many answers are to come.
  void wait_until_under_way(std::size_t most);

  /// Keeps a message unsent.
  void keep(Message message) { kept_ = std::move(message); }

  /// Answers each ping with an error from now on, and counts them.
  void refuse_pings();
  unsigned pings();

  /// Keeps the signals that fit.
  void watch(const std::string& rule);
  Json take_signals();

 private:
  static int on_signal(sd_bus_message* message, void* self, sd_bus_error*);
  static int on_ping(sd_bus_message* message, void* self, sd_bus_error* error);
  static int on_answer(sd_bus_message* message, void* self, sd_bus_error*);

  Bus bus_;
  Message kept_;
  Json signals_ = Json::array();
  std::map<std::string, unsigned>* answers_ = nullptr;  // where they are counted
  unsigned pings_ = 0;                                  // that were refused
  std::size_t under_way_ = 0;                           // calls that are not answered yet
};

}  // namespace gpiobroker::test_client
