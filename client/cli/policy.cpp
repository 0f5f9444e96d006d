// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb policy explain: looks up the user's groups as they are at the next log-in, and asks.
#include "cli/verbs.h"

#include <iostream>
#include <memory>

#include <unistd.h>

#include "cli/account.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/lease_options.h"
#include "cli/report.h"
#include "cli/text.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

struct Question {
  std::string user;
  std::string line;
  std::string verb;
  std::string unit;
};

/// Says where this session has less than the account, which the verdict is about.
void report_late_groups() {
  const std::string words = words_for_late_groups();
  if (!words.empty()) report("note: " + words);
}

int explain(const CommonOptions& common, const Question& question) {
  Asker asker = find_user(question.user);
  asker.unit = question.unit;
  const Verdict verdict =
      Broker(common.address).explain_policy(asker, question.line, question.verb);
  if (common.json) {
    print({{"allowed", verdict.allowed}, {"rule", verdict.rule}, {"why", verdict.why}});
  } else {
    std::cout << printable(verdict.why) << '\n';
  }
  if (asker.uid == geteuid()) report_late_groups();
  return verdict.allowed ? kOk : kNoAccess;
}

}  // namespace

void add_policy(Verb& root) {
  const auto question = std::make_shared<Question>();
  Verb policy = root.add_verb("policy", "who may do what with which line");
  policy.require_verb();
  Verb verb = policy.add_verb(
      "explain", "say whether a user may do something with a line, and which rule decides");
  verb.add("USER", question->user, "a user, by name or number").required();
  verb.add("LINE", question->line, "such as GPIO17, J8:11, gpiochip0:17")
      .required()
      .checked(refuse_value);
  verb.add("VERB", question->verb,
           "read, lease, share, observe, persist, direct, time, revoke or take-from-peripheral")
      .required();
  verb.add("--unit", question->unit, "the systemd unit from which the user asks");
  verb.does([question](const CommonOptions& common) { return explain(common, *question); });
}

}  // namespace gpiobroker::cli
