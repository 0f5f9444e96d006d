// SPDX-License-Identifier: GPL-2.0-or-later
// Strong types for what the broker counts and names: chips, offsets, lines, leases, clients.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace gpiobroker::core {

/// A chip as long as it is attached. Given by the broker, never reused, unrelated to the N of
/// /dev/gpiochipN, which moves between kernels.
struct ChipId {
  std::uint32_t value = 0;
  auto operator<=>(const ChipId&) const = default;
};

/// A line's number on its chip, from 0 to the chip's line count minus one.
struct Offset {
  std::uint32_t value = 0;
  auto operator<=>(const Offset&) const = default;
};

/// One line of one attached chip.
struct LineId {
  ChipId chip;
  Offset offset;
  auto operator<=>(const LineId&) const = default;
};

/// A lease. Rises with each grant and is never given twice.
struct LeaseId {
  std::uint64_t value = 0;
  auto operator<=>(const LeaseId&) const = default;
};

/// A client's unique name on the bus, such as ":1.42". The bus never gives one twice in its life.
struct ClientName {
  std::string value;
  auto operator<=>(const ClientName&) const = default;
};

}  // namespace gpiobroker::core
