// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads the options that all verbs share, and the command behind "--".
#include "cli/command_line.h"

#include <algorithm>
#include <string_view>

#include <CLI/CLI.hpp>

#include "cli/exit_status.h"
#include "cli/report.h"

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

CLI::ParseError usage_error(const std::string& message) {
  return {message, CLI::ExitCodes::BaseClass};
}

/// Cuts off "--" and the command behind it before the rest is parsed: those words are the
/// command's.
void parse(CLI::App& app, CommonOptions& common, std::span<char*> words) {
  const auto separator = std::ranges::find(words, std::string_view("--"));
  app.parse(static_cast<int>(separator - words.begin()), words.data());
  if (app.get_subcommands().empty()) throw usage_error("name a verb");
  const bool takes_command = app.get_subcommands().front()->get_name() == "hold";
  if (separator != words.end()) {
    if (!takes_command) throw usage_error("only `hold` takes a command after --");
    common.command.assign(separator + 1, words.end());
  }
  if (takes_command && common.command.empty()) {
    throw usage_error("`hold` needs a command after its lines: -- COMMAND [ARGUMENT...]");
  }
}

}  // namespace

std::optional<int> read_command_line(std::span<char*> words,
                                     const std::function<void(Verb&)>& add_verbs,
                                     Request& request) {
  CLI::App app("gpiobroker: lease GPIO lines from the broker", "gpiobroker");
  describe(app, request.common);
  Verb root(app, request.action);
  add_verbs(root);
  try {
    parse(app, request.common, words);
  } catch (const CLI::Success& asked_for) {
    return app.exit(asked_for);
  } catch (const CLI::ParseError& error) {
    report(std::string(error.what()) + "; see gpiobroker --help");
    return kUsage;
  }
  return std::nullopt;
}

}  // namespace gpiobroker::cli
