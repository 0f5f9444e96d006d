// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb set: leases lines as outputs, says so, waits, and releases them.
#include "cli/verbs.h"

#include <memory>

#include <unistd.h>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/lease_options.h"
#include "cli/outlet.h"
#include "cli/signal_queue.h"
#include "cli/text.h"
#include "cli/wait.h"
#include "gpiobroker/broker.h"
#include "gpiobroker/lease_watch.h"

namespace gpiobroker::cli {
namespace {

std::string words_for(const std::vector<LineWithValue>& lines) {
  std::string words;
  for (const LineWithValue& line : lines) {
    words += (words.empty() ? "" : " ") + line.line + (line.value == true ? "=1" : "=0");
  }
  return printable(words);
}

/// Prints to the standard streams, without waiting until somebody reads.
class Announcement {
 public:
  Announcement(const Lease& lease, const LeaseOptions& options, bool json) {
    if (json) out_.write(json_for(lease, options).text() + '\n');
    out_.finish(kLastWords);  // both may go to one file, where this comes first
    err_.write("holding " + words_for(options.lines) + "; Ctrl-C releases\n");
  }
  Announcement(const Announcement&) = delete;
  Announcement& operator=(const Announcement&) = delete;
  ~Announcement() {
    out_.finish(kLastWords);
    err_.finish(kLastWords);
  }

 private:
  static Json json_for(const Lease& lease, const LeaseOptions& options) {
    Json values = Json::object();
    for (const LineWithValue& line : options.lines)
      values.add(line.line, line.value == true ? 1 : 0);
    return {{"lease", lease.path()}, {"values", values}};
  }

  Outlet out_{STDOUT_FILENO};
  Outlet err_{STDERR_FILENO};
};

/// Throws Error if the lease ends before a signal comes.
void wait_for_signal(const SignalQueue& signals, const Lease& lease) {
  LeaseWatch watch(lease);
  while (!signals.take()) {
    watch.check();
    wait_for(watch.pollable(), {signals.fd()});
  }
}

/// Drives lines of a lease that is there already, and leaves it there.
int set_leased(const CommonOptions& common, const LeaseOptions& options) {
  Broker broker(common.address);
  for (const LineWithValue& line : options.lines) {
    broker.find_lease(line.line).set(line.line, line.value == true);
  }
  return kOk;
}

int set(const CommonOptions& common, const LeaseOptions& options) {
  const SignalQueue signals({SIGINT, SIGTERM, SIGHUP});  // first: no lease is cut short by one
  Broker broker(common.address);
  Lease lease = broker.acquire_each(wanted(options), options.settings);
  const Announcement announcement(lease, options, common.json);
  wait_for_signal(signals, lease);
  lease.release();
  return kOk;
}

}  // namespace

void add_set(Verb& root) {
  const auto options = std::make_shared<LeaseOptions>();
  Verb verb = root.add_verb("set", "drive lines, and hold them until Ctrl-C or SIGTERM");
  add_lease_options(verb, *options, LineValues::required);
  const auto leased = std::make_shared<bool>(false);
  verb.add_flag("--leased", *leased,
                "the lines are leased already, by `acquire`: drive them and return");
  verb.does([options, leased](const CommonOptions& common) {
    return *leased ? set_leased(common, *options) : set(common, *options);
  });
}

}  // namespace gpiobroker::cli
