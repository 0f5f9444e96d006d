// SPDX-License-Identifier: GPL-2.0-or-later
// Looks the words up, and asks the policy.
#include "core/broker/explain.h"

#include "core/base/text.h"

namespace gpiobroker::core {

Result<Verdict> explain(const Broker& broker, const Client& client, std::string_view spec,
                        std::string_view word) {
  const auto verb = verb_from_word(word);
  if (!verb) {
    return refuse(Reason::invalid_value, "verb",
                  "verb " + in_quotes(word) + " is not accepted: " + accepted_verbs());
  }
  const LineDirectory& directory = broker.board().directory();
  const auto line = directory.find(spec);
  if (!line) return Refused(line.error());
  return broker.policy().decide(client, directory.facts_of(*line), *verb);
}

}  // namespace gpiobroker::core
