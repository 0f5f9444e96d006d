// SPDX-License-Identifier: GPL-2.0-or-later
// Messages to the broker: those that it expects, and those that it does not.
#pragma once

#include "fuzz/live/values.h"

namespace gpiobroker::fuzz {

struct Outgoing {
  Header header;
  std::string body;
  bool may_wait = false;  ///< the broker may take its time to answer

  /// For a person to read.
  [[nodiscard]] std::string description() const;
};

class MessageMaker {
 public:
  MessageMaker(Random& random, const Vocabulary& words) : random_(random), words_(words) {}

  [[nodiscard]] Outgoing any();

  /// A call of a method as the broker describes it.
  [[nodiscard]] Outgoing expected_call();

 private:
  [[nodiscard]] Outgoing strange_call();
  [[nodiscard]] Outgoing property_call();
  [[nodiscard]] Outgoing no_call();
  [[nodiscard]] Outgoing forged_end();
  [[nodiscard]] Outgoing with_body(Header header);

  Random& random_;
  const Vocabulary& words_;
};

}  // namespace gpiobroker::fuzz
