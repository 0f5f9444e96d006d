// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker-bench: times a broker's calls against a bare Ping of the same broker on the same bus.
#include <cstdio>
#include <exception>
#include <fstream>

#include <CLI/CLI.hpp>

#include "broker_client.h"
#include "line_probe.h"
#include "name_watch.h"
#include "report.h"
#include "victim.h"

namespace gpiobroker::bench {
namespace {

struct Settings {
  std::string address;
  std::string line = "GPIO17";
  std::string chip = "a simulated chip";
  std::string json_file;
  std::string device;
  unsigned offset = 17;
  int rounds = 2000;
  int victims = 200;
};

// The goals, in pings: what the interfaces' users are promised.
constexpr double kSetGoal = 1.12;
constexpr double kGetGoal = 1.12;
constexpr double kAcquireReleaseGoal = 2.6;
constexpr double kKilledGoal = 2.0;

Settings parse(int argc, char** argv) {
  Settings settings;
  CLI::App app("Times a broker's calls against a bare Ping");
  app.add_option("--address", settings.address, "the bus")->required();
  app.add_option("--line", settings.line, "the line to use");
  app.add_option("--chip", settings.chip, "what to call the chip in the report");
  app.add_option("--json", settings.json_file, "where to write the report as JSON");
  app.add_option("--device", settings.device, "ask this chip itself whether a line is safe");
  app.add_option("--offset", settings.offset, "of the line on that chip");
  app.add_option("--rounds", settings.rounds, "how often to call each method");
  app.add_option("--victims", settings.victims, "how many clients to kill");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  return settings;
}

/// Round by round, each operation next to the others, so that whatever else the machine does
/// hits all of them alike.
void time_calls(BrokerClient& client, const Settings& settings, Report& report) {
  Samples ping;
  Samples set;
  Samples get;
  Samples acquire_release;
  for (int round = 0; round < settings.rounds; ++round) {
    ping.add(time_of([&] { client.ping(); }));
    std::string lease = client.acquire(settings.line, 0);
    set.add(time_of([&] { client.set(lease, settings.line, round % 2); }));
    get.add(time_of([&] { client.get(lease, settings.line); }));
    client.release(lease);
    acquire_release.add(time_of([&] { client.release(client.acquire(settings.line, 1)); }));
  }
  report.measurements = {{"ping", ping, 0},
                         {"set one line", set, kSetGoal},
                         {"get one line", get, kGetGoal},
                         {"acquire + release", acquire_release, kAcquireReleaseGoal}};
}

/// From the kill to what follows it, one thing per victim so that no watching delays another:
/// the kernel has closed the client's files, the bus has said so, the line says input.
void time_deaths(BrokerClient& client, const Settings& settings, Report& report) {
  const LineProbe wait_safe = settings.device.empty()
                                  ? probe_through_broker(client, settings.line)
                                  : probe_through_kernel(settings.device, settings.offset);
  NameWatch watch(settings.address);
  Samples closed;
  Samples told;
  Samples safe;
  const auto kill_one = [&](Samples& samples, auto wait) {
    const Victim victim(settings.address, settings.line);
    samples.add(time_of([&] {
      victim.kill();
      wait(victim);
    }));
    watch.wait_gone(victim.name());
    wait_safe();
  };
  for (int i = 0; i < settings.victims; ++i) {
    kill_one(closed, [](const Victim& victim) { victim.wait_closed(); });
    kill_one(told, [&](const Victim& victim) { watch.wait_gone(victim.name()); });
    kill_one(safe, [&](const Victim&) { wait_safe(); });
  }
  report.measurements.insert(report.measurements.end(), {{"SIGKILL to closed", closed, 0},
                                                         {"SIGKILL to bus told", told, 0},
                                                         {"SIGKILL to safe", safe, kKilledGoal}});
}

int run(const Settings& settings) {
  BrokerClient client(settings.address);
  Report report{.chip = settings.chip, .measurements = {}};
  time_calls(client, settings, report);
  time_deaths(client, settings, report);
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
