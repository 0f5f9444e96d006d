// SPDX-License-Identifier: GPL-2.0-or-later
// Gives each reason the error name that the D-Bus XML lists for it.
#include "bus/wire/errors.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <string_view>

#include "bus/wire/text.h"

namespace gpiobroker::bus {
namespace {

using core::Reason;

const char* name_of(Reason reason) {
  switch (reason) {
    case Reason::no_such_line: return "NoSuchLine";
    case Reason::ambiguous_line: return "AmbiguousLine";
    case Reason::duplicate_line: return "DuplicateLine";
    case Reason::no_lines: return "NoLines";
    case Reason::too_many_lines: return "TooManyLines";
    case Reason::unknown_setting: return "UnknownSetting";
    case Reason::invalid_setting: return "InvalidSetting";
    case Reason::invalid_value: return "InvalidValue";
    case Reason::not_in_lease: return "NotInLease";
    case Reason::not_an_output: return "NotAnOutput";
    case Reason::busy: return "Busy";
    case Reason::in_use: return "InUse";
    case Reason::serves_peripheral: return "ServesPeripheral";
    case Reason::not_direct: return "NotDirect";
    case Reason::opened_directly: return "OpenedDirectly";
    case Reason::quarantined: return "Quarantined";
    case Reason::denied: return "Denied";
    case Reason::misconfigured: return "BadConfiguration";
    case Reason::quota_exceeded: return "QuotaExceeded";
    case Reason::no_such_lease: return "NoSuchLease";
    case Reason::unsupported: return "Unsupported";
    case Reason::permission: return "PermissionDenied";
    case Reason::not_recorded: return "NotRecorded";
    case Reason::chip_gone: return "ChipGone";
    case Reason::chip_slow: return "ChipSlow";
    case Reason::hardware_failure: return "HardwareFailure";
  }
  return "Internal";
}

/// The words may quote what is no text.
sdbus::Error make_error(const char* name, const Text& message) {
  return {sdbus::Error::Name(std::string("org.gpiobroker1.Error.") + name), message.fit()};
}

}  // namespace

sdbus::Error to_error(const core::Refusal& refusal) {
  return make_error(name_of(refusal.reason), refusal.message);
}

sdbus::Error unknown_object(const sdbus::ObjectPath& path) {
  return {sdbus::Error::Name("org.freedesktop.DBus.Error.UnknownObject"),
          "Unknown object '" + path + "'."};
}

sdbus::Error unknown_caller() {
  return make_error("UnknownCaller", "the bus does not say who makes this call");
}

sdbus::Error too_many_calls() {
  return make_error("TooManyCalls", "too many calls at once from a new client; wait for answers");
}

sdbus::Error too_large(std::size_t most) {
  return make_error("TooLarge", "the call is too large: at most " + std::to_string(most) +
                                    " bytes are accepted of this method; make several of it");
}

sdbus::Error internal_error(const char* what) {
  return make_error("Internal", std::string("a fault in the broker: ") + what);
}

// In the words of sd_bus_error_set_errno(3).
bool says_that_the_bus_is_gone(const sdbus::Error& error) {
  constexpr std::array<std::string_view, 5> kWords{
      "org.freedesktop.DBus.Error.Disconnected", "System.Error.ENOTCONN", "System.Error.EPIPE",
      "System.Error.ECONNRESET", "System.Error.ESHUTDOWN"};
  return std::ranges::find(kWords, std::string_view(error.getName())) != kWords.end();
}

bool says_that_the_bus_is_gone(int error) {
  constexpr std::array kErrors{ENOTCONN, EPIPE, ECONNRESET, ESHUTDOWN};
  return std::ranges::find(kErrors, error) != kErrors.end();
}

}  // namespace gpiobroker::bus
