// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker-soak: kills thousands of clients in the middle of calls, and looks at what is left.
#include <cstdio>
#include <cstdlib>
#include <exception>

#include <CLI/CLI.hpp>

#include "storm.h"

namespace gpiobroker::soak {
namespace {

Plan parse(int argc, char** argv) {
  Plan plan;
  CLI::App app("Kills clients of a broker in the middle of calls, and looks at what is left");
  auto seconds = plan.duration.count();
  app.add_option("--seconds", seconds, "how long")->check(CLI::Range(4, 1'000'000));
  app.add_option("--clients", plan.clients, "how many to kill")->check(CLI::PositiveNumber);
  app.add_option("--leases", plan.leases, "how many at a time")->check(CLI::PositiveNumber);
  app.add_option("--processes", plan.processes, "clients at a time")->check(CLI::Range(2, 500));
  app.add_option("--pause-ms", plan.pause_ms, "the longest pause of a client between two acts");
  app.add_option("--bound-ms", plan.bound_ms,
                 "fail if lines are safe later than this after a SIGKILL; 0: however late")
      ->capture_default_str();
  app.add_option("--seed", plan.seed, "of all that is left to chance");
  try {
    app.parse(argc, argv);
    if (plan.lines_each() > kMostLinesEach) {
      throw CLI::ValidationError("--leases", "64 a process at most");
    }
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  plan.duration = std::chrono::seconds(seconds);
  return plan;
}

int run(const Plan& plan) {
  Storm storm(plan);
  const Outcome outcome = storm.run();
  std::fputs(table(outcome).c_str(), stdout);
  if (outcome.faults.empty()) return EXIT_SUCCESS;
  std::fputs(storm.complaints().c_str(), stderr);
  return EXIT_FAILURE;
}

}  // namespace
}  // namespace gpiobroker::soak

int main(int argc, char** argv) {
  try {
    return gpiobroker::soak::run(gpiobroker::soak::parse(argc, argv));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gpiobroker-soak: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
