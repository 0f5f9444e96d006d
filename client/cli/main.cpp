// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker: the command for the shell.
#include <algorithm>
#include <array>
#include <iostream>
#include <span>
#include <string_view>

#include "cli/account.h"
#include "cli/child.h"
#include "cli/command_line.h"
#include "cli/exit_status.h"
#include "cli/report.h"
#include "cli/verbs.h"
#include "gpiobroker/error.h"

namespace gpiobroker::cli {
namespace {

struct NamedVerb {
  std::string_view name;
  void (*add)(Verb& root);
};

constexpr std::array<NamedVerb, 13> kVerbs{{{"list", add_list},
                                            {"info", add_info},
                                            {"get", add_get},
                                            {"set", add_set},
                                            {"hold", add_hold},
                                            {"monitor", add_monitor},
                                            {"acquire", add_acquire},
                                            {"release", add_release},
                                            {"revoke", add_revoke},
                                            {"leases", add_leases},
                                            {"status", add_status},
                                            {"policy", add_policy},
                                            {"config", add_config}}};

bool has(std::span<char*> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// Adds the verbs that may be meant, for all of them together take longer than what most of them
/// do: those that are among the words. All of them, for who asks what there is, or names none.
void add_verbs(Verb& root, std::span<char*> words) {
  const auto is_named = [&](const NamedVerb& verb) { return has(words, verb.name); };
  const bool wants_all =
      has(words, "--help") || has(words, "-h") || std::ranges::none_of(kVerbs, is_named);
  for (const NamedVerb& verb : kVerbs) {
    if (wants_all || is_named(verb)) verb.add(root);
  }
}

int run(std::span<char*> words) {
  Request request;
  const auto add = [&](Verb& root) { add_verbs(root, words); };
  if (const auto status = read_command_line(words, add, request)) return *status;
  return request.action(request.common);
}

/// Tells a user whose call was denied of groups that the account has and this session has not yet.
void report_late_groups() {
  const std::string words = words_for_late_groups();
  if (!words.empty()) report(words);
}

int run_and_report(std::span<char*> words) {
  try {
    const int status = run(words);
    if (std::cout.flush()) return status;
    report("cannot write to standard output");
    return kFailed;
  } catch (const Error& error) {
    report(error.what());
    const ExitStatus status = exit_status_of(error.reason());
    if (status == kNoAccess) report_late_groups();
    return status;
  } catch (const CannotRun& error) {
    report(error.what());
    return error.exit_status();
  } catch (const std::exception& error) {
    report(error.what());
    return kFailed;
  }
}

}  // namespace
}  // namespace gpiobroker::cli

int main(int argc, char** argv) {
  return gpiobroker::cli::run_and_report(std::span(argv, static_cast<std::size_t>(argc)));
}
