// SPDX-License-Identifier: GPL-2.0-or-later
// Answers a question about the policy that is asked in words.
#pragma once

#include <string_view>

#include "core/broker/broker.h"

namespace gpiobroker::core {

/// What would be said to the client, of the line that the spec names and the verb that the word
/// means. Refused: no_such_line, ambiguous_line, invalid_value for a word that is no verb.
[[nodiscard]] Result<Verdict> explain(const Broker& broker, const Client& client,
                                      std::string_view spec, std::string_view word);

}  // namespace gpiobroker::core
