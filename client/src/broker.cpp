// SPDX-License-Identifier: LGPL-2.1-or-later
// Each function is one call, but for find(), which also asks for the chip's name.
#include "gpiobroker/broker.h"

#include <algorithm>
#include <iterator>

#include "src/dictionary.h"
#include "src/inventory_reader.h"
#include "src/lease_body.h"
#include "src/values.h"

namespace gpiobroker {
namespace {

using detail::Connection;
using detail::Dictionary;
using detail::ManagerProxy;

ManagerProxy manager(const Connection& connection) {
  return {connection.bus(), detail::kBusName, detail::kRootPath};
}

std::unique_ptr<sdbus::IProxy> object_at(const Connection& connection, const std::string& path) {
  return sdbus::createProxy(connection.bus(), sdbus::ServiceName(detail::kBusName),
                            sdbus::ObjectPath(path));
}

detail::Properties properties_of(sdbus::IProxy& object, const char* interface) {
  detail::Properties properties;
  object.callMethod("GetAll")
      .onInterface("org.freedesktop.DBus.Properties")
      .withArguments(std::string(interface))
      .storeResultsTo(properties);
  return properties;
}

struct Granted {
  std::string broker;  // unique name
  sdbus::ObjectPath path;
};

/// Calls by a message of its own: the generated function does not tell who answered.
template <class... Arguments>
Granted ask_for_lease(const Connection& connection, const char* method,
                      const Arguments&... arguments) {
  return connection.carry_out([&] {
    const auto object = object_at(connection, detail::kRootPath);
    sdbus::MethodCall call = object->createMethodCall(
        sdbus::InterfaceName(ManagerProxy::INTERFACE_NAME), sdbus::MethodName(method));
    (call << ... << arguments);
    sdbus::MethodReply reply = object->callMethod(call);
    Granted granted{.broker = reply.getSender(), .path = {}};
    reply >> granted.path;
    return granted;
  });
}

using LineWithSettings = sdbus::Struct<std::string, Dictionary>;

LineWithSettings to_wire(const LineSettings& line) {
  return {line.line, detail::to_dictionary(line.settings)};
}

}  // namespace

Broker::Broker() : Broker("") {}

Broker::Broker(const std::string& address) : connection_(std::make_shared<Connection>(address)) {}

Broker::Broker(Broker&&) noexcept = default;
Broker& Broker::operator=(Broker&&) noexcept = default;
Broker::~Broker() = default;

Lease Broker::acquire(const std::vector<std::string>& lines, const Settings& settings) {
  const auto [broker, path] = connection_->carry_out([&] {
    return ask_for_lease(*connection_, "AcquireLines", lines, detail::to_dictionary(settings));
  });
  const bool lives_on = settings.lifetime.has_value();
  return Lease(std::make_unique<Lease::Body>(connection_, broker, path, lives_on));
}

Lease Broker::acquire_each(const std::vector<LineSettings>& lines, const Settings& common) {
  const auto [broker, path] = connection_->carry_out([&] {
    std::vector<LineWithSettings> wire;
    std::ranges::transform(lines, std::back_inserter(wire), to_wire);
    return ask_for_lease(*connection_, "AcquireLinesEach", wire, detail::to_dictionary(common));
  });
  const bool lives_on = common.lifetime.has_value();
  return Lease(std::make_unique<Lease::Body>(connection_, broker, path, lives_on));
}

Lease Broker::find_lease(const std::string& line) {
  const auto [broker, path] = ask_for_lease(*connection_, "GetLease", line);
  return Lease(std::make_unique<Lease::Body>(connection_, broker, path, true));
}

Lease Broker::accept(const std::string& lease_path) {
  const auto [broker, lifetime] = connection_->carry_out([&] {
    manager(*connection_).AcceptLease(sdbus::ObjectPath(lease_path));
    const auto bus =
        sdbus::createProxy(connection_->bus(), sdbus::ServiceName("org.freedesktop.DBus"),
                           sdbus::ObjectPath("/org/freedesktop/DBus"));
    std::string owner;
    bus->callMethod("GetNameOwner")
        .onInterface("org.freedesktop.DBus")
        .withArguments(std::string(detail::kBusName))
        .storeResultsTo(owner);
    const auto lease = object_at(*connection_, lease_path);
    return std::pair(
        owner,
        lease->getProperty("Lifetime").onInterface("org.gpiobroker1.Lease").get<std::string>());
  });
  const bool lives_on = lifetime != "connection";
  return Lease(std::make_unique<Lease::Body>(connection_, broker, lease_path, lives_on));
}

std::string Broker::unique_name() const {
  return connection_->carry_out([&] { return connection_->bus().getUniqueName(); });
}

void Broker::release(const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  connection_->carry_out([&] { manager(*connection_).ReleaseLines(lines, {}); });
}

void Broker::revoke(const std::string& line, const std::string& reason) {
  connection_->carry_out([&] { manager(*connection_).RevokeLease(line, reason); });
}

Values Broker::read_lines(const std::vector<std::string>& lines) {
  return connection_->carry_out(
      [&] { return detail::from_wire(manager(*connection_).ReadLines(lines, {})); });
}

LineInfo Broker::find(const std::string& line) {
  return connection_->carry_out([&] {
    const sdbus::ObjectPath path = manager(*connection_).FindLine(line);
    const auto object = object_at(*connection_, path);
    LineInfo info = detail::read_line_info(path, properties_of(*object, "org.gpiobroker1.Line"));
    const auto chip = object_at(*connection_, info.chip_path);
    info.chip = chip->getProperty("Name").onInterface("org.gpiobroker1.Chip").get<std::string>();
    return info;
  });
}

Inventory Broker::inventory() {
  return connection_->carry_out([&] {
    const auto root = object_at(*connection_, detail::kRootPath);
    detail::Objects objects;
    root->callMethod("GetManagedObjects")
        .onInterface("org.freedesktop.DBus.ObjectManager")
        .storeResultsTo(objects);
    return detail::read_inventory(objects);
  });
}

Verdict Broker::explain_policy(const Asker& asker, const std::string& line,
                               const std::string& verb) {
  return connection_->carry_out([&] {
    const auto [allowed, rule, why] =
        manager(*connection_).ExplainPolicy(asker.uid, asker.gids, asker.unit, line, verb);
    return Verdict{.allowed = allowed, .rule = rule, .why = why};
  });
}

Status Broker::status() {
  return connection_->carry_out([&] {
    const auto root = object_at(*connection_, detail::kRootPath);
    return detail::read_status(properties_of(*root, ManagerProxy::INTERFACE_NAME));
  });
}

bool Broker::is_running() const {
  return connection_->carry_out([&] {
    const auto bus =
        sdbus::createProxy(connection_->bus(), sdbus::ServiceName("org.freedesktop.DBus"),
                           sdbus::ObjectPath("/org/freedesktop/DBus"));
    bool owned = false;
    bus->callMethod("NameHasOwner")
        .onInterface("org.freedesktop.DBus")
        .withArguments(std::string(detail::kBusName))
        .storeResultsTo(owned);
    return owned;
  });
}

std::string Broker::version() {
  return connection_->carry_out([&] { return manager(*connection_).Version(); });
}

}  // namespace gpiobroker
