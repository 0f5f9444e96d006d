// SPDX-License-Identifier: GPL-2.0-or-later
// The bus's word, and then the voltmeter.
#include "death_watch.h"

#include <algorithm>
#include <stdexcept>

namespace gpiobroker::soak {
namespace {

using bench::check;

constexpr const char* kBroker = "org.gpiobroker1";
constexpr const char* kVanished =
    "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
    "member='NameOwnerChanged',arg2=''";

using OwnedMessage = std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)>;

OwnedMessage question_to(sd_bus* bus, const std::string& path, const char* interface,
                         const char* member) {
  sd_bus_message* message = nullptr;
  check(sd_bus_message_new_method_call(bus, &message, kBroker, path.c_str(), interface, member),
        "cannot make a question");
  return {message, &sd_bus_message_unref};
}

}  // namespace

DeathWatch::DeathWatch(const std::string& address, const Slots& slots, unsigned pool_chip)
    : bus_(bench::connect(address)), slots_(slots), pool_chip_(pool_chip) {
  check(sd_bus_add_match(bus_.get(), nullptr, kVanished, &on_vanished, this), "cannot watch names");
}

void DeathWatch::wait_safe(std::vector<Victim>& victims, std::chrono::seconds limit) {
  constexpr std::uint64_t kLookUsec = 100'000;
  victims_ = &victims;
  unanswered_.assign(victims.size(), 0);
  again_.assign(victims.size(), false);
  left_ = victims.size();
  const auto deadline = Clock::now() + limit;
  while (left_ > 0 && Clock::now() < deadline) {
    const int handled = sd_bus_process(bus_.get(), nullptr);
    check(handled, "cannot read from the bus");
    if (!problem_.empty()) throw std::runtime_error(problem_);
    if (handled == 0) check(sd_bus_wait(bus_.get(), kLookUsec), "cannot wait for the bus");
  }
  victims_ = nullptr;
}

int DeathWatch::on_vanished(sd_bus_message* message, void* self, sd_bus_error* /*error*/) {
  auto& watch = *static_cast<DeathWatch*>(self);
  const char* name = nullptr;
  if (watch.victims_ == nullptr || sd_bus_message_read(message, "s", &name) < 0) return 0;
  const auto found = std::ranges::find(*watch.victims_, name, &Victim::bus_name);
  if (found != watch.victims_->end()) {
    watch.ask_for(static_cast<std::size_t>(found - watch.victims_->begin()));
  }
  return 0;
}

/// The first line is asked for in any case, so that a client without lines is waited for as well.
void DeathWatch::ask_for(std::size_t victim) {
  const Slot& slot = slots_.at(victims_->at(victim).place);
  const std::uint64_t lines = slot.at_risk | 1U;
  again_.at(victim) = false;
  for (unsigned offset = 0; offset < kMostLinesEach; ++offset) {
    if ((lines >> offset & 1U) != 0) ask_pin(victim, offset);
  }
  if (const unsigned pool_line = slot.pool_line; pool_line != 0)
    ask_consumer(victim, pool_line - 1);
}

void DeathWatch::ask_pin(std::size_t victim, unsigned offset) {
  const auto message = question_to(bus_.get(), chip_path(victims_->at(victim).place),
                                   "org.gpiobroker1.Simulation", "ReadPin");
  check(sd_bus_message_append(message.get(), "u", offset), "cannot write a question");
  send(message.get(), {.watch = this, .victim = victim, .foreign_to = {}});
}

void DeathWatch::ask_consumer(std::size_t victim, unsigned offset) {
  const Victim& dead = victims_->at(victim);
  const auto message = question_to(bus_.get(), chip_path(pool_chip_) + "/" + std::to_string(offset),
                                   "org.freedesktop.DBus.Properties", "Get");
  check(sd_bus_message_append(message.get(), "ss", "org.gpiobroker1.Line", "Consumer"),
        "cannot write a question");
  send(message.get(),
       {.watch = this, .victim = victim, .foreign_to = consumer_label(dead.place, dead.bus_name)});
}

void DeathWatch::send(sd_bus_message* message, Question question) {
  questions_.push_back(std::move(question));
  Question& kept = questions_.back();
  unanswered_.at(kept.victim)++;
  check(sd_bus_call_async(bus_.get(), nullptr, message, &on_answer, &kept, 0), "cannot ask");
}

int DeathWatch::on_answer(sd_bus_message* message, void* asked, sd_bus_error* /*error*/) {
  const Question& question = *static_cast<Question*>(asked);
  DeathWatch& watch = *question.watch;
  if (const sd_bus_error* error = sd_bus_message_get_error(message)) {
    watch.problem_ = std::string("a question failed: ") + error->name + ": " + error->message;
    return 0;
  }
  watch.answered(question, is_safe(message, question));
  return 0;
}

bool DeathWatch::is_safe(sd_bus_message* answer, const Question& question) {
  const char* text = nullptr;
  if (!question.foreign_to.empty()) {
    return sd_bus_message_read(answer, "v", "s", &text) >= 0 && question.foreign_to != text;
  }
  int driven = 1;
  int level = 0;
  const int read = sd_bus_message_read(answer, "bis", &driven, &level, &text);
  return read >= 0 && driven == 0 && std::string(text) == "none";
}

/// Answers that come after the limit are nobody's.
void DeathWatch::answered(const Question& question, bool safe) {
  const std::size_t victim = question.victim;
  questions_.remove_if([&question](const Question& each) { return &each == &question; });
  if (victims_ == nullptr) return;
  if (!safe) again_.at(victim) = true;
  if (--unanswered_.at(victim) > 0) return;
  if (again_.at(victim)) return ask_for(victim);
  victims_->at(victim).safe = Clock::now();
  --left_;
}

}  // namespace gpiobroker::soak
