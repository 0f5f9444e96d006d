// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb revoke: ends somebody's lease in one call.
#include "cli/verbs.h"

#include <memory>

#include "cli/exit_status.h"
#include "cli/lease_options.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

struct Wish {
  std::string line;
  std::string reason = "revoked by hand";
};

}  // namespace

void add_revoke(Verb& root) {
  const auto wish = std::make_shared<Wish>();
  Verb verb = root.add_verb("revoke", "end the lease that a line is in, whoever has it");
  verb.add("LINE", wish->line, "such as GPIO17, J8:11, gpiochip0:17")
      .required()
      .checked(refuse_value);
  verb.add("--reason", wish->reason, "why, for its holder and the log");
  verb.does([wish](const CommonOptions& common) {
    Broker(common.address).revoke(wish->line, wish->reason);
    return kOk;
  });
}

}  // namespace gpiobroker::cli
