// SPDX-License-Identifier: GPL-2.0-or-later
// Has each method carried out for the caller that the bus names.
#include "bus/objects/lease_object.h"

#include <algorithm>

#include "bus/wire/arguments.h"
#include "bus/wire/lifeline.h"
#include "bus/wire/names.h"
#include "core/base/text.h"

namespace gpiobroker::bus {
namespace {

constexpr std::chrono::milliseconds kLongestWait{86'400'000};  // a day

constexpr const char* kInterface = org::gpiobroker1::Lease_adaptor::INTERFACE_NAME;

}  // namespace

LeaseObject::LeaseObject(sdbus::IConnection& connection, const Parts& parts, core::LeaseId lease)
    : AdaptorInterfaces(connection, lease_path(lease)),
      parts_(parts),
      broker_(parts.broker),
      access_(parts.broker.line_io()),
      id_(lease) {
  registerAdaptor();
}

void LeaseObject::announce_added() {
  parts_.outbox.added(getObject(), kInterface);
}

void LeaseObject::announce_changed() {
  parts_.outbox.changed(
      getObject(), kInterface,
      {sdbus::PropertyName("Lines"), sdbus::PropertyName("LinePaths"),
       sdbus::PropertyName("Holder"), sdbus::PropertyName("HolderUid"),
       sdbus::PropertyName("HolderPid"), sdbus::PropertyName("HolderUnit"),
       sdbus::PropertyName("HolderCommand"), sdbus::PropertyName("LinesWithoutEdges")});
}

void LeaseObject::announce_ended(const core::EndedLease& ended) {
  if (ended.attached) tell_end(ended.holder.name, core::to_word(ended.reason), ended.details);
}

void LeaseObject::announce_transferred(const core::Transferred& transferred) {
  if (transferred.attached) tell_end(transferred.from.name, "transferred", "");
}

void LeaseObject::tell_end(const core::ClientName& client, const Text& reason,
                           const Text& details) {
  parts_.outbox.tell(client, getObject(), kInterface, "Ended", reason, details);
}

bool LeaseObject::announce_edges(const core::ClientName& client, const EdgeMessages& edges) {
  return parts_.outbox.tell(client, getObject(), kInterface, "EdgesSeen", edges,
                            lost_edges(lease()));
}

void LeaseObject::use(const Parts& parts, core::LeaseId lease, const core::Client& client) {
  auto change = parts.broker.expiry().use(client, lease, parts.turn.now());
  if (!change) throw unknown_object(lease_path(lease));
  if (!change->taken_over.empty()) parts.turn.settle(std::move(*change));
}

template <class... Returns, class Work>
void LeaseObject::carry_out(sdbus::Result<Returns...>&& result, Work work) {
  // By value: a call that waited for its caller's credentials may find the object gone.
  parts_.calls.carry_out(std::move(result), [id = id_, &parts = parts_,
                                             work = std::move(work)](const core::Client& holder) {
    use(parts, id, holder);
    return work(holder);
  });
}

void LeaseObject::GetValues(sdbus::Result<Levels>&& result, std::vector<std::string> lines) {
  carry_out(std::move(result),
            [this, lines = std::move(lines)](const core::Client& caller) -> core::Result<Levels> {
              const auto values = access_.get_values(caller, id_, lines);
              if (!values) return core::Refused(values.error());
              return to_dictionary(*values);
            });
}

void LeaseObject::SetValues(sdbus::Result<>&& result, Values values) {
  carry_out(
      std::move(result),
      [this, values = parse_values(values)](const core::Client& caller) -> core::Result<void> {
        if (!values) return core::Refused(values.error());
        auto done = access_.set_values(caller, id_, *values, parts_.turn.now());
        parts_.turn.go_on();
        return done;
      });
}

void LeaseObject::Reconfigure(sdbus::Result<>&& result, std::vector<std::string> lines,
                              Dictionary settings) {
  carry_out(std::move(result),
            [this, lines = std::move(lines),
             change = parse_settings(settings)](const core::Client& caller) -> core::Result<void> {
              if (!change) return core::Refused(change.error());
              auto done = access_.reconfigure(caller, id_, {lines, *change}, parts_.turn.now());
              if (done) parts_.turn.settle(core::lines_changed(lease().line_ids()));
              return done;
            });
}

void LeaseObject::Release(sdbus::Result<>&& result, std::vector<std::string> lines,
                          Dictionary options) {
  carry_out(std::move(result),
            [this, lines = std::move(lines), only_own = parse_release_options(std::move(options))](
                const core::Client& caller) -> core::Result<void> {
              if (!only_own) return core::Refused(only_own.error());
              auto change = *only_own ? broker_.release_own(caller, id_, lines, parts_.turn.now())
                                      : broker_.release(caller, id_, lines, parts_.turn.now());
              if (!change) return core::Refused(change.error());
              parts_.turn.settle(std::move(*change));
              return {};
            });
}

void LeaseObject::KeepAlive(sdbus::Result<>&& result) {
  carry_out(std::move(result), [this](const core::Client& caller) -> core::Result<void> {
    return broker_.expiry().keep_alive(caller, id_, parts_.turn.now());
  });
}

void LeaseObject::WatchEdges(sdbus::Result<StandingMessages>&& result) {
  carry_out(std::move(result),
            [this](const core::Client& caller) -> core::Result<StandingMessages> {
              const auto lines = parts_.edge_signals.watch(caller, id_);
              if (!lines) return core::Refused(lines.error());
              return to_messages(*lines);
            });
}

void LeaseObject::WaitForEdges(sdbus::Result<EdgeMessages>&& result, std::uint32_t timeout_ms) {
  wait_for_edges(std::move(result), {}, timeout_ms);
}

void LeaseObject::WaitForEdgesAfter(sdbus::Result<EdgeMessages>&& result, std::uint64_t received,
                                    std::uint32_t timeout_ms) {
  wait_for_edges(std::move(result), received, timeout_ms);
}

void LeaseObject::wait_for_edges(sdbus::Result<EdgeMessages>&& result, ReceivedEdge received,
                                 std::uint32_t timeout_ms) {
  const core::Instant time = std::min(std::chrono::milliseconds(timeout_ms), kLongestWait);
  parts_.calls.carry_out_later(
      std::move(result), [id = id_, &parts = parts_, received, time](const core::Client& holder,
                                                                     EdgeCalls::Answer answer) {
        use(parts, id, holder);
        parts.edge_calls.wait(id, {holder.name, received, time}, std::move(answer));
      });
}

void LeaseObject::OpenDirect(sdbus::Result<OpenRequests>&& result, Dictionary options) {
  carry_out(std::move(result),
            [this, none = expect_no_options(options)](
                const core::Client& caller) -> core::Result<OpenRequests> {
              if (!none) return core::Refused(none.error());
              return open_direct(caller);
            });
}

/// The caller's process is known before it can be given anything.
core::Result<LeaseObject::OpenRequests> LeaseObject::open_direct(const core::Client& caller) {
  auto process = open_process(caller);
  if (!process) {
    return core::refuse(core::Reason::unsupported, "direct",
                        "direct is not for this client: the bus does not name a process of its "
                        "user whose end could be waited for");
  }
  parts_.turn.watch_opener(caller.name, std::move(*process));  // for nothing, if it is refused
  const auto opened = broker_.direct().open(caller, id_);
  if (!opened) return core::Refused(opened.error());
  parts_.edge_calls.opened(id_);
  OpenRequests requests;
  for (const core::OpenRequest& each : *opened) {
    requests.emplace_back(std::vector<Text>(each.lines.begin(), each.lines.end()),
                          sdbus::UnixFd(each.descriptor));
  }
  parts_.turn.settle(core::lines_changed(lease().line_ids()));
  return requests;
}

void LeaseObject::Offer(sdbus::Result<>&& result, std::string receiver) {
  carry_out(std::move(result),
            [this, to = std::move(receiver)](const core::Client& caller) -> core::Result<void> {
              if (!to.empty() && !to.starts_with(':')) {
                return core::refuse(core::Reason::invalid_setting, "receiver",
                                    "receiver " + core::in_quotes(to) +
                                        " is not accepted: a unique bus name such as \":1.42\"");
              }
              return broker_.transfer().offer(caller, id_, core::ClientName{to});
            });
}

/// A number may be another process's once its own has left.
std::uint32_t LeaseObject::HolderPid() {
  return lease().attached ? static_cast<std::uint32_t>(lease().holder.pid) : 0;
}

std::vector<Text> LeaseObject::LinesWithoutEdges() {
  std::vector<Text> lines;
  for (const core::LeasedLine& line : lease().lines) {
    const bool wants_some = line.settings.edge != core::Edge::none;
    if (wants_some && broker_.is_without_edges(line.id)) lines.emplace_back(line.spec);
  }
  return lines;
}

std::vector<Text> LeaseObject::Lines() {
  std::vector<Text> lines;
  for (const core::LeasedLine& line : lease().lines) lines.emplace_back(line.spec);
  return lines;
}

std::vector<sdbus::ObjectPath> LeaseObject::LinePaths() {
  std::vector<sdbus::ObjectPath> paths;
  for (const core::LeasedLine& line : lease().lines) {
    paths.push_back(line_path(broker_.board().chips().at(line.id.chip).info(), line.id.offset));
  }
  return paths;
}

}  // namespace gpiobroker::bus
