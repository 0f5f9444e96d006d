// SPDX-License-Identifier: GPL-2.0-or-later
// The chips of a test, seen from outside the broker: with a wire and a voltmeter.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "harness/client_process.h"

namespace gpiobroker::test {

/// The chips of every board, by their place on it, and the lines that tests use most.
inline constexpr unsigned kHeader = 0;    ///< 54 lines, GPIO2 to GPIO27 among them
inline constexpr unsigned kExpander = 1;  ///< 8 lines, EXP0 to EXP7

struct Pin {
  unsigned chip = kHeader;
  unsigned offset = 0;
};

inline constexpr Pin kGpio17{kHeader, 17};
inline constexpr Pin kGpio27{kHeader, 27};
inline constexpr Pin kExp3{kExpander, 3};

enum class Pull { none, up, down, unknown };

struct PinState {
  bool driven = false;  ///< by the chip
  bool high = false;
  Pull pull = Pull::unknown;  ///< as far as this board can tell

  bool operator==(const PinState&) const = default;
};

std::ostream& operator<<(std::ostream& out, const PinState& state);

/// A pin that could hurt nobody: neither driven nor, as far as this board can tell, pulled.
[[nodiscard]] bool is_safe(const PinState& state);

class Board {
 public:
  Board() = default;
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;
  virtual ~Board() = default;

  /// What makes a daemon serve these chips.
  [[nodiscard]] virtual std::vector<std::string> daemon_arguments() const = 0;

  /// What the kernel calls a chip.
  [[nodiscard]] virtual std::string chip_name(unsigned chip) const = 0;

  /// Whoever looks asks as this client, where it takes one.
  [[nodiscard]] virtual PinState look(ClientProcess& observer, Pin pin) const = 0;

  /// Puts a level on a pin from outside.
  virtual void drive(ClientProcess& observer, Pin pin, bool high) const = 0;
};

/// The board of this test program, which is linked with either kind: chips that the daemon
/// simulates, or chips of the kernel.
[[nodiscard]] std::unique_ptr<Board> make_board();

}  // namespace gpiobroker::test
