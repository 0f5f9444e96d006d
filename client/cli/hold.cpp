// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb hold: leases lines, runs a command, watches both, and releases the lines.
#include "cli/verbs.h"

#include <cstdlib>
#include <memory>

#include <unistd.h>

#include "cli/child.h"
#include "cli/exit_status.h"
#include "cli/lease_options.h"
#include "cli/lifeline.h"
#include "cli/outlet.h"
#include "cli/report.h"
#include "cli/signal_queue.h"
#include "cli/text.h"
#include "cli/wait.h"
#include "core/base/spelling.h"
#include "gpiobroker/broker.h"
#include "gpiobroker/lease_watch.h"

namespace gpiobroker::cli {
namespace {

/// Whether a key on the terminal sent the signal, Ctrl-C or Ctrl-\: then it went to all processes
/// in the foreground, the command included. (The terminal's hang-up may go to us alone.)
bool is_key(const signalfd_siginfo& signal) {
  return signal.ssi_code == SI_KERNEL &&
         (signal.ssi_signo == SIGINT || signal.ssi_signo == SIGQUIT);
}

/// Passes signals on to the command and ends it when it has lost its lines.
class Attendant {
 public:
  /// Starts the command with these words and this file, and passes the signals on to it.
  Attendant(const Lease& lease, const std::vector<std::string>& command, int file)
      : watch_(lease), child_(command, signals_.mask_before(), file) {}

  /// Waits until the command has ended. Returns its exit status, or the one that tells of lost
  /// lines.
  int attend() {
    for (;;) {
      const Pollable bus = lost_ ? Pollable{} : check_lease();
      while (const auto signal = signals_.take()) pass_on(*signal);
      if (const auto status = child_.exit_status()) return lost_.value_or(*status);
      wait_for(bus, {signals_.fd(), child_.fd()});
    }
  }

  ~Attendant() {
    if (errors_) errors_->finish(kLastWords);
  }
  Attendant(const Attendant&) = delete;
  Attendant& operator=(const Attendant&) = delete;

  [[nodiscard]] bool has_lost_lease() const { return lost_.has_value(); }

 private:
  /// What to wait for while the lease is there; nothing once it is lost.
  Pollable check_lease() {
    try {
      watch_.check();
      return watch_.pollable();
    } catch (const Error& error) {
      lost_ = exit_status_of(error.reason());
      child_.send(SIGTERM);
      errors_.emplace(STDERR_FILENO);
      errors_->write(report_of(error.what() + std::string("; ending the command")));
      return {};
    }
  }

  void pass_on(const signalfd_siginfo& signal) const {
    if (!is_key(signal)) child_.send(static_cast<int>(signal.ssi_signo));
  }

  SignalQueue signals_{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};
  LeaseWatch watch_;
  Child child_;
  std::optional<int> lost_;       // the exit status that it comes to
  std::optional<Outlet> errors_;  // once there is something to say, and a command to attend to
};

/// Labels the lines with the command: the broker would label them with this program's name, which
/// tells nobody what uses them.
std::string default_consumer(const std::string& command) {
  constexpr std::size_t kLongest = 31;  // as much as the kernel keeps
  const std::string name = command.substr(command.rfind('/') + 1);
  return printable(core::name_from(("gpiobroker:" + name).substr(0, kLongest)));
}

/// Whether the bus said that it carries no file descriptors, as one that is reached by way of
/// another program may say.
bool takes_no_files(const Error& error) {
  return error.reason() == "NotSupported";
}

/// Leases the lines by a lifeline if it can: then all programs of this user may use the lease, the
/// command included. Else the lease lives by this connection, and is this process's alone.
Lease acquire_for(const Lifeline& lifeline, Broker& broker, const std::vector<LineSettings>& lines,
                  Settings settings) {
  settings.lifetime = Lifetime{.fd = lifeline.for_broker()};
  try {
    return broker.acquire_each(lines, settings);
  } catch (const Error& error) {
    if (!takes_no_files(error)) throw;
  }
  settings.lifetime.reset();
  return broker.acquire_each(lines, settings);
}

/// Returns the exit status. Releases the lease, unless it was lost before.
int run_with(Lease& lease, const std::vector<std::string>& command, int file) {
  try {
    Attendant attendant(lease, command, file);
    const int status = attendant.attend();
    if (!attendant.has_lost_lease()) lease.release();
    return status;
  } catch (const CannotRun&) {
    lease.release();
    throw;
  }
}

void report_whom_it_left(Lifeline& lifeline) {
  constexpr std::chrono::milliseconds kLastBreath{100};
  if (lifeline.outlives_us(kLastBreath)) {
    report(
        "the command has ended, and the lease with it; what it left running has the lines no more");
  }
}

int hold(const CommonOptions& common, const LeaseOptions& options) {
  Settings settings = options.settings;
  if (settings.consumer.empty()) settings.consumer = default_consumer(common.command.front());
  Broker broker(common.address);
  Lifeline lifeline;
  Lease lease = acquire_for(lifeline, broker, wanted(options), settings);
  setenv("GPIOBROKER_LEASE", lease.path().c_str(), 1);
  const int status = run_with(lease, common.command, lifeline.for_command());
  report_whom_it_left(lifeline);
  return status;
}

}  // namespace

void add_hold(Verb& root) {
  const auto options = std::make_shared<LeaseOptions>();
  Verb verb = root.add_verb("hold", "run a command with lines held for it");
  add_lease_options(verb, *options, LineValues::optional);
  verb.footer(
      "The command follows after `--`:\n"
      "  gpiobroker hold GPIO17=1 GPIO27 --bias pull-up -- sleep 10\n"
      "It can drive them, as by `gpiobroker set --leased`, and finds the lease's object path in "
      "the\n"
      "environment, as GPIOBROKER_LEASE. SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1 and SIGUSR2 "
      "are\n"
      "passed on to it. It gets SIGTERM if the lease ends before it does.\n"
      "\n" +
      std::string(kExitStatusHelp));
  verb.does([options](const CommonOptions& common) { return hold(common, *options); });
}

}  // namespace gpiobroker::cli
