// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker: the command for the shell.
#include <iostream>
#include <span>

#include "cli/account.h"
#include "cli/child.h"
#include "cli/command_line.h"
#include "cli/exit_status.h"
#include "cli/report.h"
#include "cli/verbs.h"
#include "gpiobroker/error.h"

namespace gpiobroker::cli {
namespace {

void add_verbs(Verb& root) {
  add_list(root);
  add_info(root);
  add_get(root);
  add_set(root);
  add_hold(root);
  add_monitor(root);
  add_acquire(root);
  add_release(root);
  add_revoke(root);
  add_leases(root);
  add_status(root);
  add_policy(root);
  add_config(root);
}

int run(std::span<char*> words) {
  Request request;
  if (const auto status = read_command_line(words, add_verbs, request)) return *status;
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
