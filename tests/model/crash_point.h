// SPDX-License-Identifier: GPL-2.0-or-later
// When a broker is killed: between any two things that it does to the world.
#pragma once

namespace gpiobroker::test {

/// What is thrown through a broker that is killed. Nobody in it catches it, and what is closed on
/// the way the kernel would close as well.
struct Killed {};

/// Counts what a broker does to the world, and kills it before the one that was named.
class CrashPoint {
 public:
  /// At the nth from now, counted from 1; 0: at none.
  void crash_at(unsigned step) { left_ = step; }

  void pass() {
    if (left_ > 0 && --left_ == 0) throw Killed{};
  }

 private:
  unsigned left_ = 0;
};

}  // namespace gpiobroker::test
