// SPDX-License-Identifier: GPL-2.0-or-later
// A client of the broker that does all it can think of, and watches how it is answered.
#pragma once

#include <map>

#include "fuzz/live/connection.h"
#include "fuzz/live/messages.h"

namespace gpiobroker::fuzz {

class Client {
 public:
  /// Sends messages of up to `largest` bytes now and then; 0: none but small ones.
  Client(const std::string& address, std::uint32_t seed, std::size_t largest);

  /// Sends so many messages, in bursts, and waits for what is to be answered. Throws if an answer
  /// does not come, or is not the broker's own. Some clients never come back from it.
  void talk(std::size_t messages);

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  void learn();
  [[nodiscard]] Received ask(Header header, const std::string& body);
  void burst(std::size_t messages);
  void flood(std::size_t messages);
  void vanish_perhaps();
  void send(Outgoing message);
  void wait_for_answers();
  void take(const Received& message);
  void take_answer(const Received& message);
  void answer(const Received& call);

  Connection connection_;
  Random random_;
  std::size_t largest_;
  Vocabulary words_;
  MessageMaker maker_{random_, words_};
  test::Pipe pipe_;  // its ends go out as descriptors
  std::string name_;
  std::string broker_;  // its unique name
  std::uint32_t serial_ = 0;
  std::map<std::uint32_t, std::string> expected_;  // a serial: what call it was
};

}  // namespace gpiobroker::fuzz
