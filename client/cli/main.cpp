// SPDX-License-Identifier: LGPL-2.1-or-later
// gpiobroker: the broker at the shell prompt.
#include <algorithm>
#include <iostream>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>

#include "cli/acquire.h"
#include "cli/child.h"
#include "cli/config.h"
#include "cli/exit_status.h"
#include "cli/get.h"
#include "cli/hold.h"
#include "cli/info.h"
#include "cli/leases.h"
#include "cli/list.h"
#include "cli/monitor.h"
#include "cli/policy.h"
#include "cli/release.h"
#include "cli/report.h"
#include "cli/revoke.h"
#include "cli/set.h"
#include "cli/status.h"
#include "gpiobroker/error.h"

namespace gpiobroker::cli {
namespace {

void describe(CLI::App& app, CommonOptions& common) {
  app.require_subcommand(0, 1);  // parse() has better words for the lack of one
  app.fallthrough();             // common options may follow the verb
  app.footer(kExitStatusHelp);
  app.set_version_flag("--version", "gpiobroker " GPIOBROKER_VERSION);
  app.add_option("--address", common.address,
                 "D-Bus address of the broker's bus (default: the system bus)")
      ->envname("GPIOBROKER_ADDRESS");
  app.add_flag("--json", common.json, "print JSON");
}

void add_verbs(CLI::App& app, Action& chosen) {
  add_list(app, chosen);
  add_info(app, chosen);
  add_get(app, chosen);
  add_set(app, chosen);
  add_hold(app, chosen);
  add_monitor(app, chosen);
  add_acquire(app, chosen);
  add_release(app, chosen);
  add_revoke(app, chosen);
  add_leases(app, chosen);
  add_status(app, chosen);
  add_policy(app, chosen);
  add_config(app, chosen);
}

CLI::ParseError usage_error(const std::string& message) {
  return {message, CLI::ExitCodes::BaseClass};
}

/// "--" is cut off before anybody parses it, with the command behind it: its words are not ours.
void parse(CLI::App& app, CommonOptions& common, std::span<char*> words) {
  const auto separator = std::ranges::find(words, std::string_view("--"));
  app.parse(static_cast<int>(separator - words.begin()), words.data());
  if (app.get_subcommands().empty()) throw usage_error("name a verb");
  const bool takes_command = app.got_subcommand("hold");
  if (separator != words.end()) {
    if (!takes_command) throw usage_error("only `hold` takes a command after --");
    common.command.assign(separator + 1, words.end());
  }
  if (takes_command && common.command.empty()) {
    throw usage_error("`hold` needs a command after its lines: -- COMMAND [ARGUMENT...]");
  }
}

int run(std::span<char*> words) {
  CLI::App app("gpiobroker: lease GPIO lines from the broker", "gpiobroker");
  CommonOptions common;
  Action chosen;
  describe(app, common);
  add_verbs(app, chosen);
  try {
    parse(app, common, words);
  } catch (const CLI::Success& asked_for) {
    return app.exit(asked_for);
  } catch (const CLI::ParseError& error) {
    report(std::string(error.what()) + "; see gpiobroker --help");
    return kUsage;
  }
  return chosen(common);
}

int run_and_report(std::span<char*> words) {
  try {
    const int status = run(words);
    if (std::cout.flush()) return status;
    report("cannot write to standard output");
    return kFailed;
  } catch (const Error& error) {
    report(error.what());
    return exit_status_of(error.reason());
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
