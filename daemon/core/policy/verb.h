// SPDX-License-Identifier: GPL-2.0-or-later
// What a client may be allowed to do with a line, and the words for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gpiobroker::core {

enum class Verb : std::uint8_t {
  read,                  ///< the level of a line, without a lease
  lease,                 ///< a line for oneself
  share,                 ///< a line that others read as well
  observe,               ///< levels and edges of a line that somebody else holds
  persist,               ///< a lease that outlives its client
  direct,                ///< a lease that is opened directly
  time,                  ///< pulses, PWM, waves
  revoke,                ///< another's lease
  take_from_peripheral,  ///< a line, to lease or share, whose pin serves a peripheral
};

[[nodiscard]] std::string_view to_word(Verb);

/// The verb that a word stands for, spelt exactly so.
[[nodiscard]] std::optional<Verb> verb_from_word(std::string_view word);

/// All words, as a list for a message: "read, lease, share, ...".
[[nodiscard]] std::string accepted_verbs();

/// Whether the verb puts the client in charge of the line.
[[nodiscard]] constexpr bool takes_the_line(Verb verb) {
  return verb == Verb::lease || verb == Verb::share || verb == Verb::persist ||
         verb == Verb::direct || verb == Verb::time || verb == Verb::take_from_peripheral;
}

}  // namespace gpiobroker::core
