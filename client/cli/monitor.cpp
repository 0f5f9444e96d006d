// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb monitor: hands edges from the bus to the printer until it has printed enough.
#include "cli/verbs.h"

#include <limits>
#include <memory>
#include <stdexcept>
#include <tuple>

#include <unistd.h>

#include "cli/edge_printer.h"
#include "cli/exit_status.h"
#include "cli/lease_options.h"
#include "cli/report.h"
#include "cli/signal_queue.h"
#include "cli/wait.h"
#include "gpiobroker/broker.h"
#include "gpiobroker/edge_watch.h"

namespace gpiobroker::cli {
namespace {

struct MonitorOptions {
  LeaseOptions lease;
  bool observe = false;
  bool share = false;
  std::uint64_t most = 0;  ///< events; 0: no end
};

/// Reports lost edges in sums: who reads nothing loses every edge, and wants no report of each.
class LossReporter {
 public:
  /// Reports losses, if it is time. Returns after how long to call it again; negative
  /// if nothing is left to report.
  std::chrono::milliseconds tell(const EdgePrinter::Counts& lost) {
    if (lost == told_) return kNever;
    const auto now = Clock::now();
    if (now < next_) return std::chrono::ceil<std::chrono::milliseconds>(next_ - now);
    next_ = now + kPause;
    if (outlet_.state() == Outlet::State::busy) return kPause;
    outlet_.write(words_for(lost));
    told_ = lost;
    return kNever;
  }

  /// The losses that were not reported yet.
  void finish(const EdgePrinter::Counts& lost) {
    next_ = {};
    std::ignore = tell(lost);
    outlet_.finish(kLastWords);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kPause{1000};
  static constexpr std::chrono::milliseconds kNever{-1};

  [[nodiscard]] std::string words_for(const EdgePrinter::Counts& lost) const {
    std::string words;
    for (const auto& [line, count] : lost) {
      const auto told = told_.find(line);
      if (told != told_.end() && told->second == count) continue;
      words += report_of(std::to_string(count) + " edges of " + line + " were lost so far");
    }
    return words;
  }

  Outlet outlet_{STDERR_FILENO};
  EdgePrinter::Counts told_;
  Clock::time_point next_;
};

Settings settings_for(const MonitorOptions& options) {
  Settings settings = options.lease.settings;
  if (!settings.edge) settings.edge = Edge::both;
  if (options.share) settings.access = Access::shared;
  if (options.observe) settings.access = Access::observe;
  if (!options.observe) settings.direction = Direction::input;
  return settings;
}

std::vector<std::string> lines_of(const MonitorOptions& options) {
  std::vector<std::string> lines;
  for (const LineWithValue& line : options.lease.lines) lines.push_back(line.line);
  return lines;
}

EdgePrinter::Counts lost_of(const EdgeWatch& watch, const EdgePrinter& printer) {
  EdgePrinter::Counts lost = watch.lost();
  for (const auto& [line, count] : printer.dropped()) lost[line] += count;
  return lost;
}

Pollable no_later_than(std::chrono::milliseconds time, Pollable bus) {
  const bool sooner = bus.timeout.count() < 0 || time < bus.timeout;
  if (time.count() >= 0 && sooner) bus.timeout = time;
  return bus;
}

enum class End { told, enough, unread };

/// Throws Error if the lease is over.
End print_edges(const SignalQueue& signals, EdgeWatch& watch, EdgePrinter& printer) {
  LossReporter losses;
  End end = End::told;
  while (!signals.take()) {
    printer.take(watch.take());
    const bool read = printer.go_on() != Outlet::State::failed;
    if (!read || printer.has_enough()) {
      end = read ? End::enough : End::unread;
      break;
    }
    const std::chrono::milliseconds untold = losses.tell(lost_of(watch, printer));
    wait_for(no_later_than(untold, watch.pollable()), {signals.fd(), printer.outlet().fd()},
             printer.outlet().stream());
  }
  losses.finish(lost_of(watch, printer));
  return end;
}

/// Prints what is left once there are enough edges. A signal ends that, too.
End print_the_rest(const SignalQueue& signals, EdgePrinter& printer) {
  const Outlet& outlet = printer.outlet();
  while (!signals.take()) {
    const Outlet::State state = printer.go_on();
    if (state == Outlet::State::failed) return End::unread;
    if (state == Outlet::State::idle) return End::enough;
    wait_for({}, {signals.fd(), outlet.fd()}, outlet.stream());
  }
  return End::told;
}

/// Ends the process by SIGPIPE, as a program ends that writes to nobody, unless that is ignored.
[[noreturn]] void end_unread() {
  kill(getpid(), SIGPIPE);
  throw std::runtime_error("cannot write to standard output");
}

int monitor(const CommonOptions& common, const MonitorOptions& options) {
  const SignalQueue signals({SIGINT, SIGTERM, SIGHUP});
  const Settings settings = settings_for(options);
  Broker broker(common.address);
  Lease lease = broker.acquire(lines_of(options), settings);
  EdgeWatch watch(lease);
  const std::size_t kept = settings.event_buffer_size.value_or(EdgePrinter::Options{}.most_kept);
  EdgePrinter printer(watch.start(),
                      {.json = common.json, .most_kept = kept, .most = options.most});
  End end = print_edges(signals, watch, printer);
  lease.release();
  if (end == End::enough) end = print_the_rest(signals, printer);
  if (end == End::unread) end_unread();
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
          "--num-events", Verb::Range{1, std::numeric_limits<std::uint64_t>::max()},
          [options](std::uint64_t most) { options->most = most; }, "end after so many")
      .type("N");
  verb.add(
          "--event-buffer-size", Verb::Range{1, kLargestBuffer},
          [options](std::uint64_t size) {
            options->lease.settings.event_buffer_size = static_cast<std::uint32_t>(size);
          },
          "how many edges are kept until they are read; default: 1024")
      .type("N");
  verb.add_time(
      "--edge-timeout",
      [options](std::chrono::milliseconds time) { options->lease.settings.edge_timeout = time; },
      "print a timeout for a line without an edge for so long");
  add_lease_options(verb, options->lease, LineValues::none);
  verb.does([options](const CommonOptions& common) { return monitor(common, *options); });
}

}  // namespace gpiobroker::cli
