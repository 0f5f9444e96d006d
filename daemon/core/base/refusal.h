// SPDX-License-Identifier: GPL-2.0-or-later
// Why a request was not carried out, as a value for the one who asked.
#pragma once

#include <string>

namespace gpiobroker::core {

/// The catalogue of reasons. Each is an error on the bus under the same name.
enum class Reason {
  no_such_line,       ///< no attached chip has the line that was named
  ambiguous_line,     ///< the name fits several lines
  duplicate_line,     ///< the same line was named twice in one request
  no_lines,           ///< a list that must name a line is empty
  too_many_lines,     ///< more lines of one chip than the kernel takes in a request
  unknown_setting,    ///< a key that is no setting
  invalid_setting,    ///< a setting with a type, value or combination that is not accepted
  invalid_value,      ///< a level that is neither 0 nor 1, or a word that is none of those accepted
  not_in_lease,       ///< the line is not, or no longer, one of the lease's
  not_an_output,      ///< a level was given for a line that is not an output
  busy,               ///< another client of the broker holds the line
  in_use,             ///< somebody outside the broker holds the line
  serves_peripheral,  ///< the pin serves a peripheral, which would lose it for good
  quarantined,        ///< the line could not be reset and is held back until it could
  denied,             ///< the policy does not let the caller do this with the line
  misconfigured,      ///< the configuration is wrong, and none is in force: nobody may do anything
  quota_exceeded,     ///< the caller, or its user, has or does too much already
  no_such_lease,      ///< there is no such lease, or it is another's
  not_direct,         ///< the lease was not acquired to be opened directly
  opened_directly,    ///< the lease is opened directly: that is its holder's to do by itself
  unsupported,        ///< the chip or its driver cannot do this
  permission,         ///< the kernel does not let the broker do this
  not_recorded,       ///< the ledger could not be written, so nothing was driven
  chip_gone,          ///< the chip was removed
  chip_slow,          ///< the chip does not answer in time; what was begun may still be done
  hardware_failure,   ///< the chip or its driver failed
};

/// A request that was turned down and changed nothing.
struct Refusal {
  Reason reason;
  std::string field;    ///< what was wrong: an argument or a key, such as "debounce-period"
  std::string message;  ///< for a person: the field, the value, and what would be accepted
};

}  // namespace gpiobroker::core
