// SPDX-License-Identifier: LGPL-2.1-or-later
// What the broker knows of chips, lines and leases at one moment, as plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace gpiobroker {

/// Words such as a state or a direction are the broker's, as its D-Bus interfaces list them. A
/// newer broker may have more of them. A path is that of the object on the bus.
struct ChipInfo {
  std::string path;
  std::string name;    ///< the kernel's, such as "gpiochip0"; may differ after the next boot
  std::string label;   ///< the driver's, such as "pinctrl-bcm2711"
  std::string device;  ///< of the device node; empty for a simulated chip
  std::uint32_t line_count = 0;
};

/// While nobody uses a line, some drivers report the direction that was last requested instead of
/// what the pin does.
struct LineInfo {
  std::string path;
  std::string chip_path;
  std::string chip;              ///< the chip's name
  std::uint32_t offset = 0;      ///< the line's number on its chip
  std::string name;              ///< from the device tree, such as "GPIO17"; may be empty
  std::uint32_t header_pin = 0;  ///< of the Raspberry Pi's header, 1 to 40; 0 for none
  /// "free", "leased", "kept", "quarantined", "in-use", "peripheral" or "unknown"
  std::string state;
  std::string function;    ///< the peripheral that its pin serves; empty if none, or unknown
  std::string lease_path;  ///< empty if it is in no lease
  bool used = false;       ///< by anybody, the broker included
  std::string consumer;    ///< the user's label; empty while not used
  std::string direction;
  std::string edge;
  std::string bias;
  std::string drive;
  bool active_low = false;
  std::chrono::microseconds debounce{0};  ///< 0: none
  std::string event_clock;
};

/// The holder is as the bus says, but for unit and command, which are for people to read.
struct LeaseInfo {
  std::string path;
  std::uint64_t id = 0;
  std::vector<std::string> lines;       ///< as the holder named them
  std::vector<std::string> line_paths;  ///< in the same order
  std::string consumer;
  std::string lifetime;          ///< what ends the lease: "connection"
  std::string holder;            ///< unique name on the bus
  std::uint32_t holder_uid = 0;  ///< user id
  std::uint32_t holder_pid = 0;  ///< process id; 0 if the bus does not say, or once it has left
  std::string holder_unit;       ///< systemd unit; empty if none
  std::string holder_command;    ///< at most 15 bytes, chosen by the holder: may be anything
};

/// Chips by name, lines by chip and offset, leases by number.
struct Inventory {
  std::vector<ChipInfo> chips;
  std::vector<LineInfo> lines;
  std::vector<LeaseInfo> leases;
};

}  // namespace gpiobroker
