// SPDX-License-Identifier: GPL-2.0-or-later
// Formatting. Pings are medians of the same run.
#include "report.h"

#include <cstdarg>
#include <cstdio>

namespace gpiobroker::soak {
namespace {

// NOLINTNEXTLINE(cert-dcl50-cpp): columns, of which the compiler checks every format
[[gnu::format(printf, 1, 2)]] std::string formatted(const char* format, ...) {
  char text[200];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

double milliseconds(bench::Microseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

std::string row(const char* name, const bench::Samples& samples, bench::Microseconds ping) {
  if (samples.count() == 0) return "";
  const auto median = samples.median();
  const auto p99 = samples.p99();
  const auto longest = samples.longest();
  return formatted("%-26s %7zu %9.2f %9.2f %9.2f %8.1f %8.1f %8.1f\n", name, samples.count(),
                   milliseconds(median), milliseconds(p99), milliseconds(longest), median / ping,
                   p99 / ping, longest / ping);
}

std::string times(const Outcome& outcome) {
  const auto ping = outcome.pings.median();
  std::string text =
      "time of                      count    median       p99   longest   median      p99  "
      "longest\n"
      "                                          ms        ms        ms    pings    pings    "
      "pings\n";
  text += row("a ping", outcome.pings, ping);
  text += row("SIGKILL to safe, alone", outcome.alone, ping);
  text += row("SIGKILL to safe, in waves", outcome.in_waves, ping);
  text += formatted("the broker's part in it, by its own account: at most %.2f ms a client\n",
                    outcome.slowest_reset_ms);
  return text;
}

std::string left_over(const Outcome& outcome) {
  constexpr std::size_t kKibibyte = 1024;
  return formatted("without clients        after the first minute  at the end\n") +
         formatted("open files             %22zu  %10zu\n", outcome.before.open_files,
                   outcome.after.open_files) +
         formatted("match rules on the bus %22zu  %10zu\n", outcome.before.match_rules,
                   outcome.after.match_rules) +
         formatted("resident KiB           %22zu  %10zu  (at most %zu more)\n",
                   outcome.before.resident_bytes / kKibibyte,
                   outcome.after.resident_bytes / kKibibyte, kMoreBytesAllowed / kKibibyte);
}

}  // namespace

std::string table(const Outcome& outcome) {
  std::string text =
      formatted("%lld s, %u clients killed, %u of them in the middle of a call\n",
                static_cast<long long>(outcome.duration.count()), outcome.killed,
                outcome.killed_in_call) +
      formatted("%llu calls, %llu leases granted, at most %zu at a time, %llu edges\n",
                static_cast<unsigned long long>(outcome.calls),
                static_cast<unsigned long long>(outcome.grants), outcome.most_leases,
                static_cast<unsigned long long>(outcome.edges)) +
      formatted("%llu lines looked at by their next holder\n\n",
                static_cast<unsigned long long>(outcome.taken_over));
  text += times(outcome) + "\n" + left_over(outcome) + "\n";
  if (outcome.bound_ms > 0) text += formatted("bound: %u ms\n", outcome.bound_ms);
  for (const std::string& each : outcome.faults) text += "FAULT: " + each + "\n";
  return text + (outcome.faults.empty() ? "everything held\n" : "it did not hold\n");
}

}  // namespace gpiobroker::soak
