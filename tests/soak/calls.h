// SPDX-License-Identifier: GPL-2.0-or-later
// The calls of a client of the storm, by plain sd-bus: each notes when it is under way.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "bench/connect.h"
#include "slot.h"

namespace gpiobroker::soak {

/// What a lease lives as long as. All of them end when the process is killed.
enum class Lifetime { connection, process, descriptor };

/// What a line is to be.
enum class Use {
  as_is,   ///< left as it was found
  driven,  ///< an output at a high level, with its pull-up on
  watched  ///< an input without pulls, whose edges are detected
};

struct Pin {
  bool driven = false;
  std::string pull;
};

struct Wish {
  std::string line;
  Use use = Use::as_is;
  Lifetime lifetime = Lifetime::connection;
  int descriptor = -1;  ///< for Lifetime::descriptor
  unsigned wait_ms = 0;
  std::string consumer;
};

/// Throws std::runtime_error where a call is refused, unless it says otherwise.
class Calls {
 public:
  Calls(const std::string& address, Slot& slot);

  [[nodiscard]] std::string name() const;

  /// Takes what came beside the answers, such as the ends of its own leases.
  void take_signals();

  /// The lease's path; none if somebody else has the line.
  [[nodiscard]] std::optional<std::string> acquire(const Wish& wish);
  void release(const std::string& lease);
  void reconfigure(const std::string& lease, Use use);
  void set(const std::string& lease, const std::string& line, int value);
  void get(const std::string& lease);

  /// How many edges there were before the time was over.
  [[nodiscard]] unsigned wait_for_edges(const std::string& lease, unsigned milliseconds);

  /// The wire and the voltmeter of a simulated chip.
  [[nodiscard]] Pin read_pin(unsigned chip, unsigned offset);
  void drive_input(unsigned chip, unsigned offset, int level);

 private:
  using Message = std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)>;

  [[nodiscard]] Message new_call(const std::string& path, const char* interface,
                                 const char* member) const;
  /// Null for an error of the given name.
  Message call(const Message& message, const char* tolerated = "");

  bench::Bus bus_;
  Slot& slot_;
};

}  // namespace gpiobroker::soak
