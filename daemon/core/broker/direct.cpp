// SPDX-License-Identifier: GPL-2.0-or-later
// Has the lines watched and written down before anybody is given a descriptor of theirs.
#include "core/broker/direct.h"

#include <algorithm>
#include <set>

namespace gpiobroker::core {
namespace {

/// What dbus-daemon takes in a message (DBUS_DEFAULT_MESSAGE_UNIX_FDS): for one more it ends the
/// broker's connection.
constexpr std::size_t kMostDescriptors = 16;

constexpr std::size_t kMostOpeners = 8;  // of one lease, each on a connection of its own

}  // namespace

std::vector<RequestId> Direct::requests_of(const Lease& lease) const {
  std::set<RequestId> requests;
  for (const LeasedLine& line : lease.lines) requests.insert(state_.held.id_of(line.id));
  return {requests.begin(), requests.end()};
}

Result<std::vector<OpenRequest>> Direct::open(const Client& caller, LeaseId id) {
  const auto lease = lease_for(state_, caller, id);
  if (!lease) return Refused(lease.error());
  if (!(*lease)->direct) {
    return refuse(Reason::not_direct, "lease",
                  "lease " + std::to_string(id.value) +
                      " is not direct: acquire the lines with the option \"direct\"");
  }
  const std::vector<RequestId> requests = requests_of(**lease);
  if (requests.size() > kMostDescriptors) {
    return refuse(Reason::unsupported, "direct",
                  "lease " + std::to_string(id.value) + " has " + std::to_string(requests.size()) +
                      " descriptors, and no more than 16 can be handed out: take lines of fewer "
                      "chips, or lines that are parked by several leases");
  }
  if (auto few = check_few_openers(requests, caller); !few) return Refused(few.error());
  auto opened = hand_out_all(**lease, requests);
  if (!opened) {
    stop_watching(requests);
    return opened;
  }
  for (const RequestId request : requests) enter(**lease, request, caller.name);
  state_.leases.note_opened(id);
  ++state_.side_effects.opened;
  taking_.refresh_edges((*lease)->line_ids());
  return opened;
}

/// Each is waited for by a descriptor of the broker's.
Result<void> Direct::check_few_openers(const std::vector<RequestId>& requests,
                                       const Client& caller) const {
  for (const RequestId request : requests) {
    const auto entry = state_.outstanding.all().find(request);
    if (entry == state_.outstanding.all().end()) continue;
    const std::set<ClientName>& openers = entry->second.openers;
    if (openers.contains(caller.name) || openers.size() < kMostOpeners) continue;
    return refuse(Reason::quota_exceeded, "lease",
                  "lease " + std::to_string(entry->second.lease.value) +
                      " is opened by 8 connections, which is as many as can: close what one of "
                      "them has, and say so (CloseDirect), or end its process");
  }
  return {};
}

Result<std::vector<OpenRequest>> Direct::hand_out_all(const Lease& lease,
                                                      const std::vector<RequestId>& requests) {
  if (auto ready = prepare(requests); !ready) return Refused(ready.error());
  std::vector<OpenRequest> opened;
  for (const RequestId request : requests) {
    auto each = hand_out(lease, request);
    if (!each) return Refused(each.error());
    opened.push_back(std::move(*each));
  }
  return opened;
}

/// Before anybody can drive the lines past the broker.
Result<void> Direct::prepare(const std::vector<RequestId>& requests) {
  for (const RequestId request : requests) {
    const std::vector<LineId>& lines = state_.held.lines_of(request);
    for (const LineId line : lines) {
      Chip& chip = state_.board.chips().at(line.chip);
      if (auto watched = chip.watch_apart(line.offset, true); !watched) return watched;
    }
    auto written = state_.ledger.note_handed_out(lines, state_.safe_states);
    if (!written) return written;
  }
  return {};
}

/// But for what was handed out before.
void Direct::stop_watching(const std::vector<RequestId>& requests) {
  for (const RequestId request : requests) {
    if (state_.outstanding.find(request) != nullptr) continue;
    for (const LineId line : state_.held.lines_of(request)) {
      (void)state_.board.chips().at(line.chip).watch_apart(line.offset, false);
    }
  }
}

Result<OpenRequest> Direct::hand_out(const Lease& lease, RequestId request) {
  const auto descriptor = state_.held.find(request)->kernel.hand_out();
  if (!descriptor) return Refused(descriptor.error());
  OpenRequest opened{.lines = {}, .descriptor = *descriptor};
  for (const LineId line : state_.held.lines_of(request)) {
    const LeasedLine* leased = lease.find(line);
    opened.lines.push_back(leased == nullptr ? "" : leased->spec);
  }
  return opened;
}

void Direct::enter(const Lease& lease, RequestId request, const ClientName& opener) {
  HandedOut entry{.lease = lease.id,
                  .holder = lease.holder,
                  .openers = {},
                  .lines = state_.held.lines_of(request)};
  for (const LineId line : entry.lines) {
    if (lease.find(line) == nullptr) entry.left.insert(line);
  }
  state_.outstanding.add(request, entry, opener);
}

Result<Change> Direct::let_go(const Client& caller, LeaseId lease, Instant now) {
  for (const RequestId request : state_.outstanding.of_lease(lease)) {
    if (state_.outstanding.all().at(request).openers.contains(caller.name)) {
      return duplicates_.let_go(lease, caller.name, now);
    }
  }
  return no_such_lease(lease);
}

bool Direct::concerns(LineId line) const {
  const auto* entry = state_.quarantine.find(line);
  const bool waits = entry != nullptr && entry->cause == Quarantine::Cause::duplicate;
  return waits || state_.outstanding.with(line) != nullptr;
}

Change Direct::heard(LineId line, const LineNews& news, Instant now) {
  Change change;
  if (news.what == LineNews::What::released) {
    change = duplicates_.heard_released(line, news.time, now);
  } else if (state_.leases.of_line(line) != nullptr) {
    note_configured(line);
  } else if (news.what == LineNews::What::perhaps) {
    change = duplicates_.look_again({line}, now);
  } else {
    change = duplicates_.heard_configured(line, now);
  }
  change.lines.push_back(line);
  return change;
}

/// The level that was last driven through the broker may not be what the holder has driven since;
/// Reconfigure reads it anew.
void Direct::note_configured(LineId line) {
  const auto info = state_.board.chips().line_info(line);
  if (!info || !state_.held.holds(line)) return;
  LineSettings settings = as_asked_for(info->settings);
  settings.value = state_.held.applied(line).value;
  state_.held.note_applied(line, settings);
}

}  // namespace gpiobroker::core
