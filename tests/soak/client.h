// SPDX-License-Identifier: GPL-2.0-or-later
// A client of the storm: holds many leases and does everything with them that there is to do.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "calls.h"

namespace gpiobroker::soak {

struct Role {
  std::string address;
  unsigned place = 0;
  unsigned lines = 1;      ///< of its own chip, a lease each
  unsigned pool_chip = 0;  ///< with lines that all clients contend for
  unsigned pool_lines = 1;
  unsigned pause_ms = 0;  ///< between two acts: so long at most
  unsigned seed = 0;
};

class Client {
 public:
  Client(const Role& role, Slot& slot);

  /// Until it is killed. Throws std::runtime_error at what should not happen.
  [[noreturn]] void live();

 private:
  struct Holding {
    unsigned offset = 0;
    std::string line;
    std::string lease;
    Use use = Use::as_is;
    int level = 0;        ///< from outside
    int descriptor = -1;  ///< the end of the pipe that keeps the lease
  };

  void acquire(Holding& holding);
  void release(Holding& holding);
  void turn(Holding& holding, Use use);
  void set_or_get(Holding& holding);
  void wait_for_edges(Holding& holding);
  void visit_pool();
  void act();
  void pause();

  /// A line that a client just took over as it was: whoever had it must have left it safe.
  void expect_safe(unsigned chip, unsigned offset);
  void mark(const Holding& holding, bool at_risk);
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

  Role role_;
  Slot& slot_;
  Calls calls_;
  std::mt19937 random_;
  std::vector<Holding> holdings_;
  std::string pool_lease_;
};

}  // namespace gpiobroker::soak
