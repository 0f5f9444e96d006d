// SPDX-License-Identifier: GPL-2.0-or-later
// Births and deaths.
#include "crowd.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include <unistd.h>

#include "harness/client_process.h"
#include "harness/eventually.h"

namespace gpiobroker::soak {
namespace {

/// Long enough for everybody's leases on a machine that does much else.
constexpr std::chrono::seconds kPatience{120};

/// Root needs none of the rights that are looked at, so clients are somebody else.
std::optional<uid_t> client_user() {
  if (geteuid() == 0) return test::kNobody;
  return std::nullopt;
}

}  // namespace

Crowd::Crowd(const Plan& plan, std::string address)
    : plan_(plan),
      address_(std::move(address)),
      slots_(folder_.file("slots"), plan.processes),
      random_(plan.seed),
      clients_(plan.processes) {}

void Crowd::fill() {
  for (unsigned place = 0; place < plan_.processes; ++place) {
    if (!clients_[place]) start(place);
  }
}

void Crowd::start(unsigned place) {
  const auto text = [](unsigned number) { return std::to_string(number); };
  clients_[place] = std::make_unique<test::Process>(test::Program{
      .command = {test::program_beside("gpiobroker-soak-client"), address_, folder_.file("slots"),
                  text(plan_.processes), text(place), text(plan_.lines_each()),
                  text(plan_.pool_chip()), text(plan_.pool_lines()), text(plan_.pause_ms),
                  text(static_cast<unsigned>(random_()))},
      .environment = {},
      .user = client_user(),
      .streams = {}});
}

void Crowd::wait_until_ready() {
  const auto ready = [](const Slot& slot) { return slot.ready.load(); };
  if (test::eventually([&] { return std::ranges::all_of(slots_.all(), ready); }, kPatience)) return;
  throw std::runtime_error("clients do not get their leases");
}

std::vector<unsigned> Crowd::choose(unsigned count) {
  std::vector<unsigned> places;
  for (unsigned place = 0; place < plan_.processes; ++place) {
    if (slots_.at(place).ready) places.push_back(place);
  }
  std::ranges::shuffle(places, random_);
  places.resize(std::min<std::size_t>(places.size(), count));
  return places;
}

/// Returns once they call without a pause. Who waits for something does so in a call.
void Crowd::hurry(const std::vector<unsigned>& places) const {
  for (const unsigned place : places) slots_.at(place).doomed = true;
  for (const unsigned place : places) {
    const Slot& slot = slots_.at(place);
    (void)test::eventually([&slot] { return slot.in_call.load(); }, std::chrono::seconds(1));
  }
}

std::vector<Victim> Crowd::kill(const std::vector<unsigned>& places) {
  constexpr unsigned kSeveralCallsUsec = 5000;
  hurry(places);
  std::this_thread::sleep_for(std::chrono::microseconds(random_() % kSeveralCallsUsec));
  std::vector<Victim> victims;
  for (const unsigned place : places) {
    victims.push_back(
        {.place = place, .bus_name = slots_.at(place).bus_name.data(), .killed = Clock::now()});
    clients_[place]->signal(SIGKILL);
  }
  return victims;
}

unsigned Crowd::bury(const std::vector<Victim>& victims) {
  unsigned in_call = 0;
  for (const Victim& victim : victims) {
    Slot& slot = slots_.at(victim.place);
    clients_[victim.place]->wait();
    clients_[victim.place].reset();
    if (slot.in_call) ++in_call;
    clear_for_successor(slot);
  }
  return in_call;
}

std::vector<std::string> Crowd::faults() {
  std::vector<std::string> faults;
  for (unsigned place = 0; place < plan_.processes; ++place) {
    if (!clients_[place] || !clients_[place]->has_ended()) continue;
    faults.push_back("client of place " + std::to_string(place) +
                     " ended by itself: " + slots_.at(place).fault.data());
  }
  return faults;
}

}  // namespace gpiobroker::soak
