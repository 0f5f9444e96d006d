// SPDX-License-Identifier: GPL-2.0-or-later
// When whom to kill.
#include "storm.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <sstream>
#include <thread>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

namespace gpiobroker::soak {
namespace {

constexpr std::chrono::seconds kWarmUp{60};
constexpr std::chrono::seconds kMostToSafe{60};  ///< a line that is unsafe for longer stays so
constexpr double kMicrosecondsPerMillisecond = 1000;
constexpr unsigned kLargestWave = 32;
constexpr double kMeanWave = 9;  ///< of wave_size() for enough processes

test::DaemonProcess::Options daemon_options(const Plan& plan, const std::string& address) {
  test::DaemonProcess::Options options{.arguments = {"--address", address}};
  const auto simulate = [&options](unsigned lines) {
    options.arguments.insert(options.arguments.end(), {"--simulate", std::to_string(lines)});
  };
  for (unsigned place = 0; place < plan.processes; ++place) simulate(plan.lines_each());
  simulate(plan.pool_lines());
  return options;
}

/// As its service has it: LimitNOFILE=. Every lease takes some.
const std::string& with_files_enough(const std::string& address) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 16384);
  setrlimit(RLIMIT_NOFILE, &files);
  return address;
}

const std::string& once_ready(test::DaemonProcess& daemon, const std::string& address) {
  daemon.wait_until_ready();
  return address;
}

}  // namespace

Storm::Storm(const Plan& plan)
    : plan_(plan),
      daemon_(daemon_options(plan, with_files_enough(bus_.address()))),
      observer_(once_ready(daemon_, bus_.address()), geteuid()),
      crowd_(plan, bus_.address()),
      watch_(bus_.address(), crowd_.slots(), plan.pool_chip()),
      pings_(bus_.address()),
      random_(plan.seed) {
  outcome_.bound_ms = plan.bound_ms;
}

Outcome Storm::run() {
  const auto warm_up = std::min<Clock::duration>(kWarmUp, plan_.duration / 4);
  const auto part = std::chrono::duration<double>(warm_up) / plan_.duration;
  rage(begin_ + warm_up, static_cast<unsigned>(plan_.clients * part));
  calm_down();
  if (!is_over()) outcome_.before = footprint(daemon_, observer_);
  rage(begin_ + plan_.duration, plan_.clients);
  calm_down();
  look_back();
  return outcome_;
}

/// Waves at random times, such that so many have died in a call by then.
void Storm::rage(Clock::time_point until, unsigned kills) {
  if (is_over()) return;
  crowd_.fill();
  crowd_.wait_until_ready();
  while (outcome_.killed_in_call < kills && !is_over()) {
    const auto next = next_wave(until, kills - outcome_.killed_in_call);
    kill(crowd_.choose(wave_size()));
    crowd_.fill();
    tell_progress();
    std::this_thread::sleep_until(next);
  }
  std::this_thread::sleep_until(is_over() ? Clock::now() : until);
}

/// Counted from the beginning of the one before, so that its own length does not add up.
Clock::time_point Storm::next_wave(Clock::time_point until, unsigned kills) {
  const auto now = Clock::now();
  const auto pause = (until - now) / std::max(1.0, kills / kMeanWave) *
                     std::uniform_real_distribution<double>(0.5, 1.5)(random_);
  return now + std::chrono::duration_cast<Clock::duration>(pause);
}

/// Half of the time one alone, else several.
unsigned Storm::wave_size() {
  if (random_() % 2 == 0) return 1;
  return 2 + static_cast<unsigned>(random_() % (std::min(kLargestWave, plan_.processes) - 1));
}

void Storm::kill(const std::vector<unsigned>& places) {
  outcome_.most_leases = std::max(outcome_.most_leases, leases_now());
  for (auto& each : crowd_.faults()) outcome_.faults.push_back(std::move(each));
  if (const auto problem = pings_.problem(); !problem.empty()) {
    outcome_.faults.push_back("a ping failed: " + problem);
  }
  if (daemon_.process().has_ended()) outcome_.faults.emplace_back("the broker ended");
  if (places.empty() || is_over()) return;
  auto victims = crowd_.kill(places);
  watch_.wait_safe(victims, kMostToSafe);
  for (const Victim& each : victims) note(each, victims.size() == 1);
  outcome_.killed += static_cast<unsigned>(victims.size());
  outcome_.killed_in_call += crowd_.bury(victims);
}

void Storm::calm_down() {
  if (is_over()) return;
  crowd_.wait_until_ready();
  kill(crowd_.choose(plan_.processes));
}

void Storm::note(const Victim& victim, bool alone) {
  if (victim.safe == Clock::time_point{}) {
    outcome_.faults.push_back("the lines of " + victim.bus_name + " stay unsafe");
    return;
  }
  (alone ? outcome_.alone : outcome_.in_waves).add(victim.safe - victim.killed);
  const std::chrono::milliseconds bound(plan_.bound_ms);
  if (plan_.bound_ms > 0 && victim.safe - victim.killed > bound) ++outcome_.beyond_bound;
}

std::size_t Storm::leases_now() const {
  std::size_t leases = 0;
  for (const Slot& each : crowd_.slots().all()) leases += each.leases;
  return leases;
}

void Storm::tell_progress() {
  if (Clock::now() < next_word_) return;
  next_word_ += std::chrono::minutes(1);
  constexpr std::size_t kKibibyte = 1024;
  const auto slowest = [](const bench::Samples& samples) {
    return samples.count() == 0 ? 0 : samples.longest().count() / 1000;
  };
  std::printf("%4lld s: %u killed, %u in a call; %zu leases, %zu files, %zu KiB; slowest %.1f ms\n",
              static_cast<long long>((Clock::now() - begin_) / std::chrono::seconds(1)),
              outcome_.killed, outcome_.killed_in_call, leases_now(), daemon_.open_file_count(),
              daemon_.resident_bytes() / kKibibyte,
              std::max(slowest(outcome_.alone), slowest(outcome_.in_waves)));
  std::fflush(stdout);
}

std::string Storm::complaints() const {
  std::istringstream log(daemon_.log());
  std::string complaints;
  for (std::string line; std::getline(log, line);) {
    if (!line.contains(" info: ")) complaints += line + '\n';
  }
  return complaints;
}

void Storm::look_back() {
  outcome_.duration = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begin_);
  outcome_.pings = pings_.samples();
  for (const Slot& each : crowd_.slots().all()) {
    outcome_.calls += each.calls;
    outcome_.grants += each.grants;
    outcome_.edges += each.edges;
    outcome_.taken_over += each.taken_over;
  }
  if (is_over()) return;
  outcome_.after = footprint(daemon_, observer_);
  const auto add = [this](std::vector<std::string> faults) {
    std::ranges::move(faults, std::back_inserter(outcome_.faults));
  };
  outcome_.slowest_reset_ms =
      manager_property(observer_, "SlowestReset").get<double>() / kMicrosecondsPerMillisecond;
  add(growth(outcome_.before, outcome_.after));
  add(leavings(observer_, test::ClientProcess(bus_.address(), geteuid()), plan_.chips()));
  if (!complaints().empty()) add({"the broker complained"});
  if (outcome_.beyond_bound > 0) {
    add({std::to_string(outcome_.beyond_bound) + " clients' lines were not safe in time"});
  }
}

}  // namespace gpiobroker::soak
