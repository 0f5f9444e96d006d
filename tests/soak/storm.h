// SPDX-License-Identifier: GPL-2.0-or-later
// The storm from its first client to its last, and what is left after it.
#pragma once

#include <string>
#include <vector>

#include "bench/samples.h"
#include "crowd.h"
#include "footprint.h"
#include "harness/test_bus.h"
#include "pings.h"
#include "plan.h"
#include "report.h"

namespace gpiobroker::soak {

class Storm {
 public:
  /// Starts a bus and a broker.
  explicit Storm(const Plan& plan);

  /// Warms up, kills all clients and notes what the broker takes then; rages; kills all again and
  /// looks at what is left. Says every minute how it goes. Stops early at a fault.
  [[nodiscard]] Outcome run();

  /// What the broker logged that is more than a note.
  [[nodiscard]] std::string complaints() const;

 private:
  void rage(Clock::time_point until, unsigned kills);
  void kill(const std::vector<unsigned>& places);
  void calm_down();
  void look_back();
  [[nodiscard]] std::size_t leases_now() const;
  void note(const Victim& victim, bool alone);
  void tell_progress();
  [[nodiscard]] Clock::time_point next_wave(Clock::time_point until, unsigned kills);
  [[nodiscard]] unsigned wave_size();
  [[nodiscard]] bool is_over() const { return !outcome_.faults.empty(); }

  Plan plan_;
  // Clients move the pins that they hear edges of.
  test::TestBus bus_{
      R"(<allow send_destination="org.gpiobroker1" send_interface="org.gpiobroker1.Simulation"/>)"};
  test::DaemonProcess daemon_;
  test::ClientProcess observer_;
  Crowd crowd_;
  DeathWatch watch_;
  Pings pings_;
  std::mt19937 random_;
  Outcome outcome_;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point next_word_ = begin_ + std::chrono::minutes(1);
};

}  // namespace gpiobroker::soak
