// SPDX-License-Identifier: GPL-2.0-or-later
// Calls that no broker should carry out: each is refused with its reason, and changes nothing.
#pragma once

#include "harness/broker_test.h"

namespace gpiobroker::test {

struct BadCall {
  std::string name;
  Call call;
  std::string error;               ///< the reason, or the full name of an error not the broker's
  std::vector<std::string> words;  ///< that the message must hold: the field, what is accepted
  bool by_root = false;            ///< a call that the system bus does not let others make
};

inline constexpr const char* kInvalidArguments = "org.freedesktop.DBus.Error.InvalidArgs";

/// Stands for the caller's lease: GPIO27, an output driven high, and GPIO22, an input.
inline constexpr const char* kHeldLease = "/the/held/lease";

std::ostream& operator<<(std::ostream& out, const BadCall& bad);

[[nodiscard]] std::string name_of_bad_call(const testing::TestParamInfo<BadCall>& info);

class ABadCall : public BrokerTest, public testing::WithParamInterface<BadCall> {
 protected:
  ABadCall();

  ClientProcess client_ = client(GetParam().by_root ? kRoot : client_user());
  std::string lease_;
};

}  // namespace gpiobroker::test
