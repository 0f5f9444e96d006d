// SPDX-License-Identifier: GPL-2.0-or-later
// The thread.
#include "pings.h"

#include <memory>

#include "bench/broker_client.h"

namespace gpiobroker::soak {
namespace {

constexpr std::chrono::milliseconds kBetweenPings{93};  // in no step with whatever else is regular

}  // namespace

Pings::Pings(const std::string& address) {
  auto client = std::make_shared<bench::BrokerClient>(address);
  samples_.add(bench::time_of([&] { client->ping(); }));
  thread_ = std::jthread([this, client](const std::stop_token& stop) {
    try {
      while (!stop.stop_requested()) {
        add(bench::time_of([&] { client->ping(); }));
        std::this_thread::sleep_for(kBetweenPings);
      }
    } catch (const std::exception& error) {
      const std::scoped_lock lock(mutex_);
      problem_ = error.what();
    }
  });
}

void Pings::add(bench::Microseconds time) {
  const std::scoped_lock lock(mutex_);
  samples_.add(time);
}

std::string Pings::problem() const {
  const std::scoped_lock lock(mutex_);
  return problem_;
}

bench::Samples Pings::samples() const {
  const std::scoped_lock lock(mutex_);
  return samples_;
}

}  // namespace gpiobroker::soak
