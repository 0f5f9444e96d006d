// SPDX-License-Identifier: GPL-2.0-or-later
// org.gpiobroker1.Lease on the bus: one object per lease, as long as it lives.
#pragma once

#include "bus/callers/calls.h"
#include "bus/objects/edge_calls.h"
#include "bus/objects/edge_signals.h"
#include "bus/wire/arguments.h"
#include "core/broker/broker.h"
#include "org.gpiobroker1.Lease_adaptor.h"
#include "turn/loop_turn.h"

namespace gpiobroker::bus {

/// The object of a lease in the broker's registry. Ends before or with it.
class LeaseObject final : public sdbus::AdaptorInterfaces<org::gpiobroker1::Lease_adaptor> {
 public:
  /// What all of them have to do with. Outlives them.
  struct Parts {
    Outbox& outbox;
    Calls& calls;
    core::Broker& broker;
    turn::LoopTurn& turn;
    EdgeCalls& edge_calls;
    EdgeSignals& edge_signals;
  };

  LeaseObject(sdbus::IConnection& connection, const Parts& parts, core::LeaseId lease);
  LeaseObject(const LeaseObject&) = delete;
  LeaseObject& operator=(const LeaseObject&) = delete;
  ~LeaseObject() { unregisterAdaptor(); }

  void announce_added();
  void announce_changed();

  /// To the holder alone, unless it is gone.
  void announce_ended(const core::EndedLease& ended);
  void announce_transferred(const core::Transferred& transferred);

  /// False if the bus did not take them.
  bool announce_edges(const core::ClientName& client, const EdgeMessages& edges);

 private:
  using Values = std::map<std::string, std::int32_t>;
  using Levels = std::map<Text, std::int32_t>;
  using OpenRequests = std::vector<sdbus::Struct<std::vector<Text>, sdbus::UnixFd>>;

  void GetValues(sdbus::Result<Levels>&& result, std::vector<std::string> lines) override;
  void SetValues(sdbus::Result<>&& result, Values values) override;
  void Reconfigure(sdbus::Result<>&& result, std::vector<std::string> lines,
                   Dictionary settings) override;
  void Release(sdbus::Result<>&& result, std::vector<std::string> lines,
               Dictionary options) override;
  void KeepAlive(sdbus::Result<>&& result) override;
  void WatchEdges(sdbus::Result<StandingMessages>&& result) override;
  void WaitForEdges(sdbus::Result<EdgeMessages>&& result, std::uint32_t timeout_ms) override;
  void WaitForEdgesAfter(sdbus::Result<EdgeMessages>&& result, std::uint64_t received,
                         std::uint32_t timeout_ms) override;
  void OpenDirect(sdbus::Result<OpenRequests>&& result, Dictionary options) override;
  void Offer(sdbus::Result<>&& result, std::string receiver) override;
  std::uint64_t Id() override { return id_.value; }
  std::vector<Text> Lines() override;
  std::vector<sdbus::ObjectPath> LinePaths() override;
  Text Access() override { return core::to_word(lease().access); }
  bool Direct() override { return lease().direct; }
  std::map<Text, std::uint64_t> EdgesLost() override { return lost_edges(lease()); }
  std::vector<Text> LinesWithoutEdges() override;
  Text Consumer() override { return lease().consumer; }
  Text Lifetime() override { return core::to_word(lease().lifetime.kind); }
  std::uint64_t TimeToLive() override { return in_milliseconds(lease().lifetime.ttl); }
  std::uint64_t Heartbeat() override { return in_milliseconds(lease().lifetime.heartbeat); }
  Text Holder() override { return lease().holder.name.value; }
  std::uint32_t HolderUid() override { return lease().holder.uid; }
  std::uint32_t HolderPid() override;
  Text HolderUnit() override { return lease().holder.unit; }
  Text HolderCommand() override { return lease().holder.command; }

  [[nodiscard]] static std::uint64_t in_milliseconds(core::Instant time) {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
  }
  [[nodiscard]] const core::Lease& lease() const { return *broker_.leases().find(id_); }

  /// Does the work for the holder and for root; to others there is no such object.
  template <class... Returns, class Work>
  void carry_out(sdbus::Result<Returns...>&& result, Work work);

  /// Whether the client may use the lease; a sign of its life. Throws what says that it may not.
  static void use(const Parts& parts, core::LeaseId lease, const core::Client& client);
  core::Result<OpenRequests> open_direct(const core::Client& caller);
  void wait_for_edges(sdbus::Result<EdgeMessages>&& result, ReceivedEdge received,
                      std::uint32_t timeout_ms);
  void tell_end(const core::ClientName& client, const Text& reason, const Text& details);

  const Parts& parts_;
  core::Broker& broker_;
  core::LineIo& access_;
  core::LeaseId id_;
};

}  // namespace gpiobroker::bus
