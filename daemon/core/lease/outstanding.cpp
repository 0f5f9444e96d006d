// SPDX-License-Identifier: GPL-2.0-or-later
// Looks through all entries: there are as many as direct leases.
#include "core/lease/outstanding.h"

#include <algorithm>

namespace gpiobroker::core {
namespace {

template <class Entries>
auto entry_with(Entries& entries, LineId line) -> decltype(&entries.begin()->second) {
  for (auto& [id, entry] : entries) {
    if (std::ranges::find(entry.lines, line) != entry.lines.end()) return &entry;
  }
  return nullptr;
}

template <class Entries, class Wanted>
std::vector<RequestId> ids_of(const Entries& entries, Wanted wanted) {
  std::vector<RequestId> ids;
  for (const auto& [id, entry] : entries) {
    if (wanted(entry)) ids.push_back(id);
  }
  return ids;
}

}  // namespace

HandedOut* Outstanding::find(RequestId id) {
  const auto entry = entries_.find(id);
  return entry == entries_.end() ? nullptr : &entry->second;
}

HandedOut* Outstanding::with(LineId line) {
  return entry_with(entries_, line);
}

const HandedOut* Outstanding::with(LineId line) const {
  return entry_with(entries_, line);
}

void Outstanding::add(RequestId id, const HandedOut& entry, const ClientName& opener) {
  HandedOut& entered = entries_.try_emplace(id, entry).first->second;
  entered.openers.insert(opener);
  entered.is_given_back = false;
}

void Outstanding::forget(LineId line) {
  HandedOut* entry = with(line);
  if (entry == nullptr) return;
  std::erase(entry->lines, line);
  entry->left.erase(line);
  std::erase_if(entries_, [](const auto& each) { return each.second.lines.empty(); });
}

void Outstanding::drop(ChipId chip) {
  std::erase_if(entries_,
                [chip](const auto& entry) { return entry.second.lines.front().chip == chip; });
}

std::vector<RequestId> Outstanding::of_lease(LeaseId lease) const {
  return ids_of(entries_, [&](const HandedOut& entry) { return entry.lease == lease; });
}

std::vector<RequestId> Outstanding::of_opener(const ClientName& opener) const {
  return ids_of(entries_, [&](const HandedOut& entry) { return entry.openers.contains(opener); });
}

Outstanding::Kept Outstanding::kept_by(std::uint32_t uid) const {
  Kept kept;
  for (const auto& [id, entry] : entries_) {
    if (entry.holder.uid != uid) continue;
    if (entry.is_over()) ++kept.requests;
    kept.lines += entry.left.size();
  }
  return kept;
}

}  // namespace gpiobroker::core
