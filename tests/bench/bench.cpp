// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker-bench: times a broker's calls against a bare Ping of the same broker on the same bus.
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>

#include "measure.h"
#include "median_of_boots.h"

namespace gpiobroker::bench {
namespace {

constexpr double kIdleGoal = 4.5;  // megabytes

void append(Measurements& all, Measurements more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Report measure(const Settings& settings) {
  const Echo echo;
  const BrokerClient client(settings.address);
  Report report{.chip = settings.chip, .calls = {}, .processes = {}, .memory = {}};
  if (settings.leases > 0) {
    report.memory = measure_leases(client, settings.leases);
    return report;
  }
  report.memory = measure_memory("idle", kIdleGoal);
  report.calls = time_calls(client, echo, settings);
  append(report.calls, time_edges(client, settings));
  append(report.calls, time_deaths(client, settings));
  report.processes = time_processes(settings);
  append(report.calls, time_gpio_manager(settings));
  return report;
}

int run(const Settings& settings) {
  if (!settings.reports.empty()) {
    std::fputs(median_of_boots(settings.reports).c_str(), stdout);
    return 0;
  }
  const Report report = measure(settings);
  std::fputs(report.table().c_str(), stdout);
  if (!settings.json_file.empty()) std::ofstream(settings.json_file) << report.json() << '\n';
  return 0;
}

}  // namespace
}  // namespace gpiobroker::bench

int main(int argc, char** argv) {
  try {
    return gpiobroker::bench::run(gpiobroker::bench::parse(argc, argv));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gpiobroker-bench: %s\n", error.what());
    return 1;
  }
}
