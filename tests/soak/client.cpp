// SPDX-License-Identifier: GPL-2.0-or-later
// What it does, and how often.
#include "client.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace gpiobroker::soak {
namespace {

/// Its own lines are free, or will be once the broker has dealt with who had them before.
constexpr unsigned kPatienceMs = 60'000;
constexpr unsigned kMostWaitMs = 300;

std::string line_name(unsigned chip, unsigned offset) {
  return "gpiochip" + std::to_string(chip) + ":" + std::to_string(offset);
}

}  // namespace

Client::Client(const Role& role, Slot& slot)
    : role_(role), slot_(slot), calls_(role.address, slot), random_(role.seed) {
  const std::string name = calls_.name();
  std::copy_n(name.begin(), std::min(name.size(), slot.bus_name.size() - 1), slot.bus_name.begin());
  for (unsigned offset = 0; offset < role.lines; ++offset) {
    holdings_.push_back({.offset = offset, .line = line_name(role.place, offset), .lease = {}});
  }
}

void Client::live() {
  for (Holding& each : holdings_) acquire(each);
  slot_.ready = true;
  while (true) {
    act();
    pause();
  }
}

void Client::acquire(Holding& holding) {
  Wish wish{.line = holding.line,
            .use = slot_.ready ? Use{static_cast<Use>(below(3))} : Use::as_is,
            .lifetime = std::array{Lifetime::connection, Lifetime::connection, Lifetime::process,
                                   Lifetime::descriptor}[below(4)],
            .wait_ms = kPatienceMs,
            .consumer = "soak"};
  std::array<int, 2> pipe_ends{-1, -1};
  if (wish.lifetime == Lifetime::descriptor) {
    bench::check(pipe2(pipe_ends.data(), O_CLOEXEC), "pipe");
    wish.descriptor = pipe_ends[0];
    holding.descriptor = pipe_ends[1];
  }
  mark(holding, wish.use == Use::driven);
  const auto lease = calls_.acquire(wish);
  if (pipe_ends[0] >= 0) close(pipe_ends[0]);
  if (!lease) throw std::runtime_error(holding.line + " of its own is busy");
  holding.lease = *lease;
  holding.use = wish.use;
  slot_.leases++;
  if (wish.use != Use::as_is) return;
  expect_safe(role_.place, holding.offset);
  turn(holding, below(2) == 0 ? Use::watched : Use::driven);
}

void Client::release(Holding& holding) {
  calls_.release(holding.lease);
  mark(holding, false);
  if (holding.descriptor >= 0) close(holding.descriptor);
  holding.descriptor = -1;
  holding.lease.clear();
  slot_.leases--;
}

void Client::turn(Holding& holding, Use use) {
  if (use == Use::driven) mark(holding, true);
  calls_.reconfigure(holding.lease, use);
  holding.use = use;
  if (use != Use::driven) mark(holding, false);
}

void Client::set_or_get(Holding& holding) {
  if (holding.use == Use::driven && below(2) == 0) {
    calls_.set(holding.lease, holding.line, static_cast<int>(below(2)));
  } else {
    calls_.get(holding.lease);
  }
}

/// Half of the time for one that comes, which it makes itself; else in vain, perhaps.
void Client::wait_for_edges(Holding& holding) {
  if (holding.use != Use::watched) turn(holding, Use::watched);
  if (below(2) == 0) {
    (void)calls_.wait_for_edges(holding.lease, below(kMostWaitMs));
    return;
  }
  for (int twice = 0; twice < 2; ++twice) {  // whatever the level was, it changes at least once
    holding.level = 1 - holding.level;
    calls_.drive_input(role_.place, holding.offset, holding.level);
  }
  if (calls_.wait_for_edges(holding.lease, kPatienceMs) == 0) {
    throw std::runtime_error("no edge of " + holding.line);
  }
}

/// Takes one of the common lines, waiting for it, or gives back what it took.
void Client::visit_pool() {
  if (!pool_lease_.empty()) {
    calls_.release(std::exchange(pool_lease_, {}));
    slot_.pool_line = 0;
    slot_.leases--;
    return;
  }
  const unsigned offset = below(role_.pool_lines);
  slot_.pool_line = 1 + offset;
  const auto lease = calls_.acquire({.line = line_name(role_.pool_chip, offset),
                                     .use = Use::as_is,
                                     .wait_ms = 1 + below(kMostWaitMs),
                                     .consumer = consumer_label(role_.place, calls_.name())});
  if (!lease) {
    slot_.pool_line = 0;
    return;
  }
  pool_lease_ = *lease;
  slot_.leases++;
  expect_safe(role_.pool_chip, offset);
  calls_.reconfigure(pool_lease_, Use::driven);
}

void Client::act() {
  Holding& holding = holdings_[below(static_cast<unsigned>(holdings_.size()))];
  const unsigned what = below(20);
  if (what < 8) {
    set_or_get(holding);
  } else if (what < 11) {
    turn(holding, holding.use == Use::driven ? Use::watched : Use::driven);
  } else if (what < 16) {
    release(holding);
    acquire(holding);
  } else if (what < 18) {
    wait_for_edges(holding);
  } else {
    visit_pool();
  }
}

void Client::pause() {
  calls_.take_signals();
  if (slot_.doomed || role_.pause_ms == 0) return;
  std::this_thread::sleep_for(std::chrono::microseconds(below(1000 * role_.pause_ms)));
}

void Client::expect_safe(unsigned chip, unsigned offset) {
  const Pin pin = calls_.read_pin(chip, offset);
  slot_.taken_over++;
  if (!pin.driven && pin.pull == "none") return;
  throw std::runtime_error(line_name(chip, offset) + " was taken over " +
                           (pin.driven ? "driven" : "not driven") + ", pull " + pin.pull);
}

void Client::mark(const Holding& holding, bool at_risk) {
  const std::uint64_t bit = std::uint64_t{1} << holding.offset;
  if (at_risk) {
    slot_.at_risk |= bit;
  } else {
    slot_.at_risk &= ~bit;
  }
}

}  // namespace gpiobroker::soak
