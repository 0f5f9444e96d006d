// SPDX-License-Identifier: GPL-2.0-or-later
// Round by round, each operation next to the others, so that whatever else the machine does hits
// all of them alike.
#include <optional>
#include <utility>

#include "bare_line.h"
#include "direct_line.h"
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

/// A line by system calls alone.
struct SystemCalls {
  explicit SystemCalls(std::optional<BareLine> of) : line(std::move(of)) {}

  void round(int value) {
    if (!line) return;
    set.add(time_of([&] { line->set(value); }));
    get.add(time_of([&] { (void)line->get(); }));
  }

  std::optional<BareLine> line;
  Samples set;
  Samples get;
};

std::optional<BareLine> own_line(const Settings& settings) {
  if (settings.device.empty()) return std::nullopt;
  return BareLine(settings.device, settings.offset + 1, BareLine::Use::output);
}

std::optional<BareLine> direct_line(const BrokerClient& client, const Settings& settings) {
  if (settings.device.empty()) return std::nullopt;
  return open_directly(client, line_after(settings, 6), BrokerClient::DirectUse::output);
}

void append(Measurements& rows, const SystemCalls& calls, const char* set, const char* get) {
  if (!calls.line) return;
  rows.push_back({set, calls.set});
  rows.push_back({get, calls.get});
}

}  // namespace

Measurements time_calls(const BrokerClient& client, const Echo& echo, const Settings& settings) {
  Ours ours;
  SystemCalls bare(own_line(settings));
  SystemCalls direct(direct_line(client, settings));
  Samples echoes;
  for (int round = 0; round < settings.rounds; ++round) {
    ours.round(client, settings.line, round % 2);
    bare.round(round % 2);
    direct.round(round % 2);
    echoes.add(time_of([&] { echo.call(); }));
  }
  Measurements rows{{"ping", ours.ping}, {"bare echo of two processes", echoes}};
  append(rows, bare, "bare set, by the kernel's request", "bare get");
  rows.push_back({"set one line", ours.set, kSetGoal});
  rows.push_back({"get one line", ours.get, kGetGoal});
  append(rows, direct, "direct set, of a direct lease", "direct get");
  rows.push_back({"acquire + release", ours.acquire_release, kAcquireReleaseGoal});
  return rows;
}

}  // namespace gpiobroker::bench
