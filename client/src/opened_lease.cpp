// SPDX-License-Identifier: LGPL-2.1-or-later
// Hears of the end before it opens, so that none is missed.
#include "src/opened_lease.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

namespace gpiobroker::detail {
namespace {

/// Whether an error says that a lease is over, and not only that a call failed.
bool is_end(const Error& error) {
  return error.reason() == kDisconnected || error.reason() == kNoBroker ||
         error.reason() == kNoSuchLease;
}

using Offsets = std::map<std::string, std::uint32_t>;  // by the lines' names

std::uint32_t offset_of(const Connection& connection, const std::string& broker,
                        const sdbus::ObjectPath& line) {
  const auto object = sdbus::createProxy(connection.bus(), sdbus::ServiceName(broker), line);
  return object->getProperty("Offset").onInterface("org.gpiobroker1.Line").get<std::uint32_t>();
}

Offsets offsets_of(LeaseProxy& lease, const Connection& connection, const std::string& broker) {
  const std::vector<std::string> names = lease.Lines();
  const std::vector<sdbus::ObjectPath> paths = lease.LinePaths();
  Offsets offsets;
  for (std::size_t i = 0; i < std::min(names.size(), paths.size()); ++i) {
    offsets.emplace(names[i], offset_of(connection, broker, paths[i]));
  }
  return offsets;
}

void enter_offsets(RequestLines& request, const Offsets& offsets) {
  constexpr std::uint32_t kNone =
      ~std::uint32_t{0};  // of a line that was released: no edges either
  for (const std::string& name : request.names) {
    const auto found = offsets.find(name);
    request.offsets.push_back(found == offsets.end() ? kNone : found->second);
  }
}

bool has_several(const RequestLines& request) {
  return request.names.size() > 1;
}

std::vector<std::string> names_of(const std::vector<RequestLines>& requests) {
  std::vector<std::string> names;
  for (const RequestLines& request : requests) {
    std::ranges::copy_if(request.names, std::back_inserter(names),
                         [](const std::string& name) { return !name.empty(); });
  }
  return names;
}

/// The place of a value; nothing if it has none.
std::optional<std::uint32_t> place_of(const auto& values, const auto& value) {
  const auto found = std::ranges::find(values, value);
  if (found == values.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - values.begin());
}

}  // namespace

OpenedLease::OpenedLease(const Lease& lease, Lease::Body& body)
    : connection_(body.connection),
      broker_(body.broker),
      path_(body.path),
      end_(lease),
      opened_(open(body)),
      names_(names_of(opened_.requests)),
      requests_(std::move(opened_.descriptors)) {}

OpenedLease::~OpenedLease() {
  if (requests_.is_over()) return;
  requests_.let_go(Error(kNoSuchLease, "the lease's descriptors were closed"));
  tell_closed();
}

// The kernel tells of edges by offset, and of a request with one line there is nothing to tell
// apart.
OpenedLease::Opened OpenedLease::open(Lease::Body& body) {
  return body.carry_out([&](LeaseProxy& lease) {
    Opened opened;
    auto requests = lease.OpenDirect({});
    opened.descriptors.reserve(requests.size());
    for (auto& request : requests) {
      opened.requests.push_back({.names = request.get<0>(), .offsets = {}});
      opened.descriptors.push_back(std::move(request.get<1>()));
    }
    if (std::ranges::any_of(opened.requests, has_several)) {
      const Offsets offsets = offsets_of(lease, *body.connection, body.broker);
      for (RequestLines& request : opened.requests) enter_offsets(request, offsets);
    }
    return opened;
  });
}

DirectLine OpenedLease::find(const std::string& name) const {
  for (std::uint32_t request = 0; request < opened_.requests.size(); ++request) {
    const auto bit = place_of(opened_.requests[request].names, name);
    if (bit && !name.empty()) return {.request = request, .bit = *bit};
  }
  throw Error("NotInLease", "the lease was acquired with no line of the name '" + name +
                                "', or it was released before the lease was opened");
}

const std::string& OpenedLease::name(DirectLine line) const {
  return opened_.requests.at(line.request).names.at(line.bit);
}

DirectLine OpenedLease::line_of(std::size_t request, std::uint32_t offset) const {
  const auto bit = place_of(opened_.requests[request].offsets, offset);
  return {.request = static_cast<std::uint32_t>(request), .bit = bit.value_or(0)};
}

void OpenedLease::check() {
  requests_.check();
  try {
    end_.check();
  } catch (const Error& error) {
    if (!is_end(error)) throw;
    requests_.let_go(error);
    if (error.reason() == kNoSuchLease) tell_closed();  // else nobody listens
    throw;
  }
}

void OpenedLease::let_go_for_release() {
  requests_.let_go(Error(kNoSuchLease, "the lease was released already"));
}

void OpenedLease::tell_closed() noexcept {
  try {
    ManagerProxy(connection_->bus(), broker_, kRootPath).CloseDirect(sdbus::ObjectPath(path_));
  } catch (...) {  // the broker is gone, or this is a child of the process that opened
  }
}

}  // namespace gpiobroker::detail
