// SPDX-License-Identifier: GPL-2.0-or-later
// What a client tells of itself in memory that outlives it: the only thing that can still be asked
// of a process that was killed.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace gpiobroker::soak {

/// A place for a client and, once it was killed, for its successor. Has a chip of its own, whose
/// number is the place's, and so lines that nobody else takes. All zero: nobody yet.
struct Slot {
  std::atomic<bool> ready;                ///< it has all its leases
  std::atomic<bool> doomed;               ///< it shall call without a pause from now on
  std::atomic<bool> in_call;              ///< a call was sent and not answered
  std::atomic<std::uint64_t> at_risk;     ///< lines of its chip that it may have driven or pulled
  std::atomic<std::uint32_t> pool_line;   ///< 1 + the common line that it has or asks for; 0: none
  std::atomic<std::uint32_t> leases;      ///< that it has
  std::atomic<std::uint64_t> calls;       ///< that were answered, over all clients of the place
  std::atomic<std::uint64_t> grants;      ///< likewise
  std::atomic<std::uint64_t> edges;       ///< likewise
  std::atomic<std::uint64_t> taken_over;  ///< lines that were looked at before they were driven
  std::array<char, 32> bus_name;          ///< there once it is ready
  std::array<char, 200> fault;            ///< what should not have happened; empty: nothing
};

/// The most lines of a place: one bit each in Slot::at_risk, and as many as a request may have.
inline constexpr unsigned kMostLinesEach = 64;

/// The places in a file that several processes map.
class Slots {
 public:
  /// Opens the file; makes it for so many places if there is none. Throws std::system_error.
  Slots(const std::string& file, unsigned count);
  Slots(const Slots&) = delete;
  Slots& operator=(const Slots&) = delete;
  ~Slots();

  [[nodiscard]] Slot& at(unsigned index) const { return slots_[index]; }
  [[nodiscard]] std::span<Slot> all() const { return slots_; }

 private:
  std::span<Slot> slots_;
};

/// Makes room for the next client, and keeps what is counted over all of them.
void clear_for_successor(Slot& slot);

/// Writes down what should not have happened, cut to what fits.
void note_fault(Slot& slot, const std::string& text);

/// A chip's object on the bus.
[[nodiscard]] std::string chip_path(unsigned chip);

/// What the kernel shows for the common line that the client of a place has.
[[nodiscard]] std::string consumer_label(unsigned place, const std::string& bus_name);

}  // namespace gpiobroker::soak
