// SPDX-License-Identifier: LGPL-2.1-or-later
// Sorts D-Bus error names by what a program can do about them.
#include "src/errors.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gpiobroker::detail {
namespace {

constexpr std::string_view kBrokersOwn = "org.gpiobroker1.Error.";
constexpr std::string_view kNoSuchObject = "org.freedesktop.DBus.Error.UnknownObject";

// Errors after which the connection is of no use. The last ones come from the socket, through
// sd-bus.
constexpr std::array<std::string_view, 6> kBusIsGone = {"org.freedesktop.DBus.Error.Disconnected",
                                                        "org.freedesktop.DBus.Error.NoServer",
                                                        "System.Error.ENOTCONN",
                                                        "System.Error.ECONNRESET",
                                                        "System.Error.EPIPE",
                                                        "System.Error.ESHUTDOWN"};

// Errors that say that there is no broker on the bus, or no longer.
constexpr std::array<std::string_view, 3> kBrokerIsGone = {
    "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.NoReply"};

constexpr std::array<std::string_view, 3> kBrokerIsSilent = {"org.freedesktop.DBus.Error.Timeout",
                                                             "org.freedesktop.DBus.Error.TimedOut",
                                                             "System.Error.ETIMEDOUT"};

// Families of errors by which the bus says that it could not start the broker.
constexpr std::array<std::string_view, 2> kBrokerDoesNotStart = {
    "org.freedesktop.DBus.Error.Spawn.", "org.freedesktop.systemd1."};

constexpr std::array<std::string_view, 3> kNotAllowed = {
    "org.freedesktop.DBus.Error.AccessDenied",
    "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", "System.Error.EACCES"};

bool is_one_of(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool is_in_family(const auto& families, std::string_view name) {
  return std::ranges::any_of(families, [name](auto family) { return name.starts_with(family); });
}

Error no_broker(const std::string& bus, const std::string& details) {
  return {kNoBroker, "no broker is on " + bus + ": start it, as by systemctl start gpiobroker (" +
                         details + ")"};
}

Error silent_broker(const std::string& bus) {
  return {kNoBroker, "the broker on " + bus +
                         " does not answer: see what it does, as by systemctl status gpiobroker"};
}

Error disconnected(const std::string& bus) {
  return {kDisconnected, "the connection to " + bus +
                             " is lost, and every lease with it: connect again when it is back"};
}

/// Errors of the bus library's, from before anything was sent.
bool says_that_a_text_is_none(const sdbus::Error& error) {
  return error.getName() == "org.freedesktop.DBus.Error.InvalidArgs" &&
         error.getMessage().starts_with("Failed to serialize a string value");
}

Error no_text() {
  return {"InvalidValue",
          "a word of this call is no text: the bus takes UTF-8, and the broker the name of a line "
          "that is none as it spells it, such as T\\xfcr"};
}

Error access_denied(const std::string& bus) {
  return {kAccessDenied, bus +
                             " does not let this user talk to the broker: see org.gpiobroker1.conf "
                             "among its policies, or be root"};
}

}  // namespace

Error to_error(const sdbus::Error& error, const std::string& bus) {
  const std::string_view name = error.getName();
  if (name.starts_with(kBrokersOwn)) {
    return {std::string(name.substr(kBrokersOwn.size())), error.getMessage()};
  }
  if (is_one_of(kBusIsGone, name)) return disconnected(bus);
  if (is_one_of(kBrokerIsSilent, name)) return silent_broker(bus);
  if (is_one_of(kBrokerIsGone, name) || is_in_family(kBrokerDoesNotStart, name)) {
    return no_broker(bus, error.getMessage());
  }
  if (is_one_of(kNotAllowed, name)) return access_denied(bus);
  if (says_that_a_text_is_none(error)) return no_text();
  return {std::string(name.substr(name.rfind('.') + 1)), error.getMessage()};
}

Error to_lease_error(const sdbus::Error& error, const std::string& bus) {
  const std::string_view name = error.getName();
  if (name == kNoSuchObject) {
    return {kNoSuchLease, "the lease is over: its lines were released, or root ended it"};
  }
  if (is_one_of(kBrokerIsGone, name)) {
    return {kNoBroker, "the broker has left " + bus +
                           ", and the lease is over: acquire its lines again when it is back"};
  }
  return to_error(error, bus);
}

}  // namespace gpiobroker::detail
