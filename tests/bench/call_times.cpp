// SPDX-License-Identifier: GPL-2.0-or-later
// Round by round, each operation next to the others, so that whatever else the machine does hits
// all of them alike.
#include <optional>

#include "bare_line.h"
#include "measure.h"

namespace gpiobroker::bench {
namespace {

// The goals, in pings: what the interfaces' users are promised.
constexpr double kSetGoal = 1.12;
constexpr double kGetGoal = 1.12;
constexpr double kAcquireReleaseGoal = 2.6;

struct Ours {
  Samples ping;
  Samples set;
  Samples get;
  Samples acquire_release;

  void round(const BrokerClient& client, const std::string& line, int value) {
    ping.add(time_of([&] { client.ping(); }));
    const std::string lease = client.acquire(line, 0);
    set.add(time_of([&] { client.set(lease, line, value); }));
    get.add(time_of([&] { (void)client.get(lease, line); }));
    client.release(lease);
    acquire_release.add(time_of([&] { client.release(client.acquire(line, 1)); }));
  }
};

struct Kernels {
  explicit Kernels(const Settings& settings) {
    if (!settings.device.empty())
      line.emplace(settings.device, settings.offset + 1, BareLine::Use::output);
  }

  void round(const Echo& other, int value) {
    echo.add(time_of([&] { other.call(); }));
    if (!line) return;
    set.add(time_of([&] { line->set(value); }));
    get.add(time_of([&] { (void)line->get(); }));
  }

  std::optional<BareLine> line;
  Samples echo;
  Samples set;
  Samples get;
};

}  // namespace

Measurements time_calls(const BrokerClient& client, const Echo& echo, const Settings& settings) {
  Ours ours;
  Kernels kernels(settings);
  for (int round = 0; round < settings.rounds; ++round) {
    ours.round(client, settings.line, round % 2);
    kernels.round(echo, round % 2);
  }
  Measurements rows{{"ping", ours.ping}, {"bare echo of two processes", kernels.echo}};
  if (kernels.line) {
    rows.push_back({"bare set, by the kernel's request", kernels.set});
    rows.push_back({"bare get", kernels.get});
  }
  rows.push_back({"set one line", ours.set, kSetGoal});
  rows.push_back({"get one line", ours.get, kGetGoal});
  rows.push_back({"acquire + release", ours.acquire_release, kAcquireReleaseGoal});
  return rows;
}

}  // namespace gpiobroker::bench
