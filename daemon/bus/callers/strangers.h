// SPDX-License-Identifier: GPL-2.0-or-later
// Limits how much may wait of clients that the bus has not told of yet.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>

#include "core/line/line_id.h"

namespace gpiobroker::bus {

/// Counts the bytes of calls that wait for their callers to be known. Whose they are is not known,
/// so nobody's quota bounds them: a client may have one call there, of any size, or several small
/// ones, and large calls leave room for the small ones of others.
class Strangers {
 public:
  static constexpr std::size_t kMost = std::size_t{256} * 1024;         ///< bytes, of all
  static constexpr std::size_t kMostInLarge = std::size_t{160} * 1024;  ///< of these
  static constexpr std::size_t kLarge = std::size_t{2} * 1024;          ///< a call of more is large
  static constexpr std::size_t kMostOfOne = std::size_t{16} * 1024;     ///< in several calls

  /// Room that is taken as long as it, or a copy of it, is kept. It may outlive this.
  using Room = std::shared_ptr<const void>;

  /// Room for a call of so many bytes; nothing if there is none.
  [[nodiscard]] std::optional<Room> make_room(const core::ClientName& client, std::size_t size);

  [[nodiscard]] std::size_t bytes() const { return sums_->all; }

 private:
  static constexpr std::size_t kOverhead = 256;  // of what keeps a call, whatever its size

  struct Sums {
    std::size_t all = 0;
    std::size_t large = 0;
    std::map<core::ClientName, std::size_t> of_client;
  };

  std::shared_ptr<Sums> sums_ = std::make_shared<Sums>();
};

}  // namespace gpiobroker::bus
