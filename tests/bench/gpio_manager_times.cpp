// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of the broker's own calls again, as libgpiod's daemon has them.
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include <sys/types.h>

#include "bare_line.h"
#include "gpio_manager.h"
#include "measure.h"

namespace gpiobroker::bench {
namespace {

/// Stops the broker while it lives.
class BrokerStopped {
 public:
  BrokerStopped() {
    if (const char* broker = std::getenv("GPIOBROKER_PID")) broker_ = std::atoi(broker);
    if (broker_ > 0) kill(broker_, SIGSTOP);
  }
  BrokerStopped(const BrokerStopped&) = delete;
  BrokerStopped& operator=(const BrokerStopped&) = delete;
  ~BrokerStopped() {
    if (broker_ > 0) kill(broker_, SIGCONT);
  }

 private:
  pid_t broker_ = 0;
};

Measurements time_manager_rounds(const GpioManagerClient& client, int rounds) {
  Samples ping;
  Samples set;
  Samples get;
  Samples acquire_release;
  for (int round = 0; round < rounds; ++round) {
    ping.add(time_of([&] { client.ping(); }));
    const std::string request = client.request_output(0);
    set.add(time_of([&] { client.set(request, round % 2); }));
    get.add(time_of([&] { (void)client.get(request); }));
    client.release(request);
    acquire_release.add(time_of([&] { client.release(client.request_output(1)); }));
  }
  return {{"gpio-manager: ping", ping},
          {"gpio-manager: set", set},
          {"gpio-manager: get", get},
          {"gpio-manager: request + release", acquire_release}};
}

Samples time_manager_signals(GpioManagerClient& client, SimulatedPull& pull, int edges) {
  Samples times;
  const std::string request = client.request_edges();
  for (int i = 0; i < edges; ++i) {
    pull.toggle();
    times.add(client.wait_edge());
  }
  client.release(request);
  return times;
}

}  // namespace

Measurements time_gpio_manager(const Settings& settings) {
  if (settings.gpio_manager.empty() || settings.device.empty()) return {};
  const BrokerStopped stopped;
  const GpioManager daemon(settings.gpio_manager, settings.address);
  const std::string chip = std::filesystem::path(settings.device).filename();
  const unsigned offset = settings.offset + 5;
  GpioManagerClient client(settings.address, chip, offset);
  SimulatedPull pull(settings.device, offset);
  Measurements rows = time_manager_rounds(client, settings.rounds);
  rows.push_back(
      {"gpio-manager: edge, by signal", time_manager_signals(client, pull, settings.edges)});
  return rows;
}

}  // namespace gpiobroker::bench
