// SPDX-License-Identifier: LGPL-2.1-or-later
// The generated proxies, completed to classes that can be used; and the names on the bus.
#pragma once

#include <org.gpiobroker1.Lease_proxy.h>
#include <org.gpiobroker1.Manager_proxy.h>
#include <sdbus-c++/sdbus-c++.h>

namespace gpiobroker::detail {

inline constexpr const char* kBusName = "org.gpiobroker1";
inline constexpr const char* kRootPath = "/org/gpiobroker1";

/// An object of the broker's with one of its generated interfaces, for calls alone: it is not
/// registered, which would have the bus asked for each signal, and nobody wants them here.
template <class Interface>
class Proxy final : public sdbus::ProxyInterfaces<Interface> {
 public:
  Proxy(sdbus::IConnection& connection, const std::string& service, const std::string& path)
      : sdbus::ProxyInterfaces<Interface>(connection, sdbus::ServiceName(service),
                                          sdbus::ObjectPath(path)) {}
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  ~Proxy() = default;
};

/// The end of a lease shows on the next call, or to a LeaseWatch, and edges come to an EdgeWatch:
/// the signals add nothing here.
class LeaseInterface : public org::gpiobroker1::Lease_proxy {
 protected:
  using org::gpiobroker1::Lease_proxy::Lease_proxy;
  ~LeaseInterface() = default;

 private:
  void onEdgesSeen(const std::vector<sdbus::Struct<std::string, std::string, std::uint64_t,
                                                   std::string, std::uint64_t, std::uint64_t>>&
                   /*edges*/,
                   const std::map<std::string, std::uint64_t>& /*lost*/) override {}
  void onEnded(const std::string& /*reason*/, const std::string& /*details*/) override {}
};

using ManagerProxy = Proxy<org::gpiobroker1::Manager_proxy>;
using LeaseProxy = Proxy<LeaseInterface>;

}  // namespace gpiobroker::detail
