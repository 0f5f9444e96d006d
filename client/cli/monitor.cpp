// SPDX-License-Identifier: LGPL-2.1-or-later
// A line an edge, until it was enough.
#include "cli/verbs.h"

#include <iomanip>
#include <iostream>
#include <limits>
#include <memory>
#include <sstream>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/lease_options.h"
#include "cli/report.h"
#include "cli/signal_queue.h"
#include "cli/text.h"
#include "cli/wait.h"
#include "gpiobroker/broker.h"
#include "gpiobroker/edge_watch.h"
#include "gpiobroker/words.h"

namespace gpiobroker::cli {
namespace {

struct MonitorOptions {
  LeaseOptions lease;
  bool observe = false;
  bool share = false;
  std::uint64_t most = 0;  ///< events; 0: no end
};

/// "12.000345678": seconds, as the kernel's log has them.
std::string in_seconds(std::chrono::nanoseconds time) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  std::ostringstream text;
  text << time.count() / kNanoseconds << '.' << std::setfill('0') << std::setw(9)
       << time.count() % kNanoseconds;
  return text.str();
}

Json to_json(const EdgeEvent& edge) {
  return {{"line", edge.line},
          {"event", to_word(edge.kind)},
          {"timestamp", edge.timestamp.count()},
          {"clock", to_word(edge.clock)},
          {"line_sequence", edge.line_sequence},
          {"sequence", edge.sequence}};
}

void print_edge(const EdgeEvent& edge, bool json) {
  if (json) {
    print(to_json(edge));
  } else {
    std::cout << in_seconds(edge.timestamp) << ' ' << to_word(edge.kind) << ' '
              << printable(edge.line) << ' ' << edge.line_sequence << '\n';
  }
}

void print_start(const EdgeWatch& watch, bool json) {
  for (const LineStanding& line : watch.start()) {
    if (json) {
      print({{"line", line.line},
             {"value", line.active ? 1 : 0},
             {"line_sequence", line.line_sequence}});
    } else {
      std::cout << "now " << printable(line.line) << '=' << (line.active ? 1 : 0) << ' '
                << line.line_sequence << '\n';
    }
  }
  std::cout.flush();
}

void report_losses(const EdgeWatch& watch, std::map<std::string, std::uint64_t>& told) {
  for (const auto& [line, count] : watch.lost()) {
    if (std::exchange(told[line], count) == count) continue;
    report(std::to_string(count) + " edges of " + printable(line) + " were lost so far");
  }
}

Settings settings_for(const MonitorOptions& options) {
  Settings settings = options.lease.settings;
  if (!settings.edge) settings.edge = Edge::both;
  if (options.share) settings.access = Access::shared;
  if (options.observe) settings.access = Access::observe;
  if (!options.observe) settings.direction = Direction::input;
  return settings;
}

int monitor(const CommonOptions& common, const MonitorOptions& options) {
  const SignalQueue signals({SIGINT, SIGTERM, SIGHUP});
  std::vector<std::string> lines;
  for (const LineValue& line : options.lease.lines) lines.push_back(line.line);
  Broker broker(common.address);
  Lease lease = broker.acquire(lines, settings_for(options));
  EdgeWatch watch(lease);
  print_start(watch, common.json);
  std::map<std::string, std::uint64_t> told;
  for (std::uint64_t count = 0; !signals.take();) {
    for (const EdgeEvent& edge : watch.take()) {
      print_edge(edge, common.json);
      if (++count == options.most) return kOk;
    }
    std::cout.flush();
    report_losses(watch, told);
    wait_for(watch.pollable(), {signals.fd()});
  }
  return kOk;
}

}  // namespace

void add_monitor(Verb& root) {
  constexpr std::uint64_t kLargestBuffer = 65536;
  const auto options = std::make_shared<MonitorOptions>();
  Verb verb = root.add_verb("monitor", "print edges as they come, until Ctrl-C");
  const Option observe =
      verb.add_flag("--observe", options->observe, "of lines that somebody else may hold");
  verb.add_flag("--share", options->share, "let others read the same lines").excludes(observe);
  verb.add(
          "--num-events", 1, std::numeric_limits<std::uint64_t>::max(),
          [options](std::uint64_t most) { options->most = most; }, "end after so many")
      .type("N");
  verb.add(
          "--event-buffer-size", 1, kLargestBuffer,
          [options](std::uint64_t size) {
            options->lease.settings.event_buffer_size = static_cast<std::uint32_t>(size);
          },
          "how many edges the broker keeps until they are read; default: 1024")
      .type("N");
  verb.add_time(
      "--edge-timeout",
      [options](std::chrono::milliseconds time) { options->lease.settings.edge_timeout = time; },
      "print a timeout for a line without an edge for so long");
  add_lease_options(verb, options->lease, false);
  verb.does([options](const CommonOptions& common) { return monitor(common, *options); });
}

}  // namespace gpiobroker::cli
