// SPDX-License-Identifier: LGPL-2.1-or-later
// The one place where signals are heard, for the daemon and for the client library: each is from
// whom it says, or it is not heard.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <sdbus-c++/sdbus-c++.h>

namespace gpiobroker {

/// The bus itself. It puts every client's own unique name into what that client sends, so nobody
/// else can send under this name.
inline constexpr const char* kBus = "org.freedesktop.DBus";

/// The bus library: for what it makes up itself, such as the loss of the connection.
inline constexpr const char* kBusLibrary = "org.freedesktop.DBus.Local";

/// Whether a message is from whom it is expected: the bus, the bus library, or a client by its
/// unique name.
[[nodiscard]] inline bool is_from(const sdbus::Message& message, std::string_view sender) {
  const char* const name = message.getSender();
  return name != nullptr && name == sender;
}

/// Hears what `sender` sends and the rule fits, for as long as the slot is there. The rule has no
/// type and no sender of its own: "path='/a',interface='b.c',member='D'".
///
/// A match alone is not enough. sd-bus cannot know who owns a well-known name, so a match on such a
/// sender lets the signals of every client through (bus-match.c), and any client may send a signal
/// to one other alone. Throws sdbus::Error.
[[nodiscard]] inline sdbus::Slot hear_signal(sdbus::IConnection& connection,
                                             const std::string& sender, const std::string& rule,
                                             sdbus::message_handler heard) {
  return connection.addMatch(
      "type='signal',sender='" + sender + "'," + rule,
      [sender, heard = std::move(heard)](const sdbus::Message& message) {
        if (is_from(message, sender)) heard(message);
      },
      sdbus::return_slot);
}

}  // namespace gpiobroker
