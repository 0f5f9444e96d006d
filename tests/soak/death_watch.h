// SPDX-License-Identifier: GPL-2.0-or-later
// Sees, from outside the broker, when the lines of killed clients are safe.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "bench/connect.h"
#include "bench/samples.h"
#include "slot.h"

namespace gpiobroker::soak {

using Clock = std::chrono::steady_clock;

struct Victim {
  unsigned place = 0;
  std::string bus_name;
  Clock::time_point killed;
  Clock::time_point safe = {};  ///< when the last of its lines was seen to be; not set: not seen
};

/// Once the bus says that a client is gone, asks for the pins that it may have driven, those alone,
/// until none is driven or pulled. A common line is safe too when somebody else has it by then.
/// What it measures is late by its own questions, so an upper bound.
class DeathWatch {
 public:
  DeathWatch(const std::string& address, const Slots& slots, unsigned pool_chip);
  DeathWatch(const DeathWatch&) = delete;
  DeathWatch& operator=(const DeathWatch&) = delete;

  /// Returns once the lines of all of them are safe, or at the limit. Throws if a question fails.
  void wait_safe(std::vector<Victim>& victims, std::chrono::seconds limit);

 private:
  struct Question {
    DeathWatch* watch = nullptr;
    std::size_t victim = 0;
    std::string foreign_to;  ///< a consumer's label: safe if the line shows another; else: a pin
  };

  static int on_vanished(sd_bus_message* message, void* self, sd_bus_error* error);
  static int on_answer(sd_bus_message* message, void* asked, sd_bus_error* error);
  [[nodiscard]] static bool is_safe(sd_bus_message* answer, const Question& question);

  void ask_for(std::size_t victim);
  void ask_pin(std::size_t victim, unsigned offset);
  void ask_consumer(std::size_t victim, unsigned offset);
  void send(sd_bus_message* message, Question question);
  void answered(const Question& question, bool safe);

  bench::Bus bus_;
  const Slots& slots_;
  unsigned pool_chip_;
  std::vector<Victim>* victims_ = nullptr;
  std::vector<unsigned> unanswered_;  ///< questions about a victim
  std::vector<bool> again_;           ///< whether one of its lines was not safe yet
  std::list<Question> questions_;
  std::size_t left_ = 0;
  std::string problem_;
};

}  // namespace gpiobroker::soak
