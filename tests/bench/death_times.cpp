// SPDX-License-Identifier: GPL-2.0-or-later
// One thing per victim so that no watching delays another: the kernel has closed the client's
// files, the bus has said so, the line says input.
#include "line_probe.h"
#include "measure.h"
#include "name_watch.h"
#include "victim.h"

namespace gpiobroker::bench {
namespace {

constexpr double kKilledGoal = 2.0;  // pings

}  // namespace

Measurements time_deaths(const BrokerClient& client, const Settings& settings) {
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
  return {{"SIGKILL to closed", closed},
          {"SIGKILL to bus told", told},
          {"SIGKILL to safe", safe, kKilledGoal}};
}

}  // namespace gpiobroker::bench
