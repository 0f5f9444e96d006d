// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb acquire: leases lines, prints which lease it is, and ends while the lease lives on.
#include "cli/verbs.h"

#include <iostream>
#include <limits>
#include <memory>

#include <unistd.h>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/lease_options.h"
#include "cli/shell.h"
#include "gpiobroker/broker.h"

namespace gpiobroker::cli {
namespace {

struct AcquireOptions {
  LeaseOptions lease;
  bool for_shell = false;
};

/// Adds --for-shell, --for-process, --ttl and --persistent, of which one must be given.
void add_lifetime(Verb& verb, AcquireOptions& options) {
  Lifetime& lifetime = options.lease.settings.lifetime.emplace();
  constexpr std::uint64_t kHighestProcess = std::numeric_limits<std::int32_t>::max();
  Verb group = verb.one_of("Lifetime", "one of:");
  group.add_flag("--for-shell", options.for_shell,
                 "as long as the shell, or the script, that runs this command");
  group
      .add(
          "--for-process", Verb::Range{1, kHighestProcess},
          [&lifetime](std::uint64_t pid) { lifetime.process = static_cast<std::int32_t>(pid); },
          "as long as a process of your own")
      .type("PID");
  group.add_time(
      "--ttl", [&lifetime](std::chrono::milliseconds time) { lifetime.ttl = time; },
      "so long; milliseconds, or with a unit: ms, s, m, h");
  group.add_flag("--persistent", lifetime.persistent,
                 "until it is released, where the policy allows that");
}

int acquire(const CommonOptions& common, const AcquireOptions& options) {
  Settings settings = options.lease.settings;
  if (options.for_shell) settings.lifetime->process = find_shell(getppid());
  Broker broker(common.address);
  const Lease lease = broker.acquire_each(wanted(options.lease), settings);
  if (common.json) {
    print({{"lease", lease.path()}});
  } else {
    std::cout << lease.path() << '\n';
  }
  return kOk;
}

}  // namespace

void add_acquire(Verb& root) {
  const auto options = std::make_shared<AcquireOptions>();
  Verb verb = root.add_verb("acquire", "lease lines for longer than this command runs");
  add_lifetime(verb, *options);
  verb.add_time(
      "--heartbeat",
      [options](std::chrono::milliseconds time) { options->lease.settings.heartbeat = time; },
      "end the lease if nothing is done with it for so long");
  add_lease_options(verb, options->lease, LineValues::optional);
  verb.footer(
      "Prints the lease's object path. In a shell script:\n"
      "  gpiobroker acquire --for-shell GPIO17=1\n"
      "  gpiobroker set --leased GPIO17=0\n"
      "When the script ends, however it ends, the line goes to its safe state.\n"
      "\n" +
      std::string(kExitStatusHelp));
  verb.does([options](const CommonOptions& common) { return acquire(common, *options); });
}

}  // namespace gpiobroker::cli
