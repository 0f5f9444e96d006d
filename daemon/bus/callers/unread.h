// SPDX-License-Identifier: GPL-2.0-or-later
// Counts what clients were answered and have not read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "core/lease/client.h"

namespace gpiobroker::bus {

/// The bus keeps what a client does not read, and counts it as the broker's: with 127 MiB of it
/// dbus-daemon takes no message of the broker's any more, for nobody. So of a client that was
/// answered much the bus is asked how much it has not read; and as long as that is more than so
/// much it is answered no more, nor are the other clients of its user if it is several.
///
/// Sizes are in bytes, and estimates until the bus has told.
class Unread {
 public:
  static constexpr std::size_t kAsk = std::size_t{256} * 1024;  ///< from that on the bus is asked
  static constexpr std::size_t kMostOfClient = std::size_t{2} * 1024 * 1024;
  static constexpr std::size_t kMostOfUser = std::size_t{8} * 1024 * 1024;  ///< but root

  /// Asks how much a client has not read of what it was sent so far. The answer is nothing where
  /// the bus does not tell, which is taken for none.
  using Ask = std::function<void(const core::ClientName&,
                                 std::function<void(std::optional<std::size_t>)> then)>;

  /// Answers go by how much is unread before them: one may go beyond.
  enum class Verdict {
    answer,
    refuse,  ///< the client may not read, or others of the same user do not
    ignore,  ///< the client does not read: an error would be one message more
  };

  explicit Unread(Ask ask) : ask_(std::move(ask)) {}

  /// A client makes a call, whose answer will have that many bytes.
  [[nodiscard]] Verdict admit(const core::Client& caller, std::size_t answer);

  /// A client is gone, and with it what it has not read.
  void forget(const core::ClientName& client);

 private:
  struct Client {
    std::uint32_t uid = 0;
    std::size_t bytes = 0;      // not read, as far as is known
    std::size_t confirmed = 0;  // of them, by the bus
    std::size_t since = 0;      // sent since the bus was asked
    bool asked = false;
  };

  void note(const core::ClientName& name, Client& client, std::size_t bytes);
  void was_told(const core::ClientName& name, std::size_t unread);
  void confirm(Client& client, std::size_t bytes);
  [[nodiscard]] std::size_t confirmed_of(std::uint32_t uid) const;

  Ask ask_;
  std::map<core::ClientName, Client> clients_;    // those that were answered anything
  std::map<std::uint32_t, std::size_t> of_user_;  // what is confirmed, of those of whom anything is
};

}  // namespace gpiobroker::bus
