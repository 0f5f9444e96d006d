// SPDX-License-Identifier: LGPL-2.1-or-later
// Acquires, says which lease it is, and leaves it.
#include "cli/acquire.h"

#include <iostream>
#include <memory>

#include <unistd.h>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/lease_options.h"
#include "cli/time.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

/// One of --for-shell, --for-process, --ttl and --persistent.
void add_lifetime(CLI::App& verb, Lifetime& lifetime) {
  CLI::Option_group* group = verb.add_option_group("Lifetime", "one of:");
  group->add_flag_callback(
      "--for-shell", [&lifetime] { lifetime.process = getppid(); },
      "as long as the process that runs this command");
  group->add_option("--for-process", lifetime.process, "as long as a process of your own")
      ->check(CLI::PositiveNumber)
      ->type_name("PID");
  add_time(*group, "--ttl", "so long; milliseconds, or with a unit: ms, s, m, h",
           [&lifetime](std::chrono::milliseconds time) { lifetime.ttl = time; });
  group->add_flag("--persistent", lifetime.persistent,
                  "until it is released, where the policy allows that");
  group->require_option(1);
}

int acquire(const CommonOptions& common, const LeaseOptions& options) {
  Broker broker(common.address);
  const Lease lease = broker.acquire_each(wanted(options), options.settings);
  if (common.json) {
    print({{"lease", lease.path()}});
  } else {
    std::cout << lease.path() << '\n';
  }
  return kOk;
}

}  // namespace

void add_acquire(CLI::App& app, Action& chosen) {
  const auto options = std::make_shared<LeaseOptions>();
  options->settings.lifetime.emplace();
  CLI::App* verb = app.add_subcommand("acquire", "lease lines for longer than this command runs");
  add_lifetime(*verb, *options->settings.lifetime);
  add_time(*verb, "--heartbeat", "end the lease if nothing is done with it for so long",
           [options](std::chrono::milliseconds time) { options->settings.heartbeat = time; });
  add_lease_options(*verb, *options, false);
  verb->footer(
      "Prints the lease's object path. In a shell script:\n"
      "  gpiobroker acquire --for-shell GPIO17=1\n"
      "  gpiobroker set --leased GPIO17=0\n"
      "When the script ends, however it ends, the line goes to its safe state.\n"
      "\n" +
      std::string(kExitStatusHelp));
  verb->callback([&chosen, options] {
    chosen = [options](const CommonOptions& common) { return acquire(common, *options); };
  });
}

}  // namespace gpiobroker::cli
