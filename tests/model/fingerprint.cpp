// SPDX-License-Identifier: GPL-2.0-or-later
// One part of the world after the other.
#include "model/fingerprint.h"

#include <algorithm>
#include <set>

namespace gpiobroker::test {
namespace {

class Fingerprint {
 public:
  explicit Fingerprint(const World& world) : world_(world) {}

  std::string take() {
    add(world_.under_test() != nullptr, world_.store().full);
    for (unsigned client = 0; client < world_.size().clients; ++client) {
      const auto own = world_.own_duplicates().find(client);
      add_duplicate(own == world_.own_duplicates().end() ? nullptr : &own->second);
    }
    add_duplicate(world_.childs_duplicate() ? &*world_.childs_duplicate() : nullptr);
    for (unsigned i = 0; i < world_.size().lines; ++i) add_line(kModelLines.at(i));
    if (const BrokerUnderTest* life = world_.under_test()) {
      for (const auto& [id, lease] : life->broker.leases().all()) add_lease(lease);
      add('|');
      for (const auto& [id, waiter] : life->broker.queue().all()) add_waiter(waiter);
      for (const auto& [id, entry] : life->broker.outstanding().all()) add_handed_out(entry);
    }
    return std::move(bytes_);
  }

 private:
  template <class... Each>
  void add(Each... each) {
    (bytes_.push_back(static_cast<char>(each)), ...);
  }

  void add_duplicate(const KeptDuplicate* duplicate) {
    add(duplicate != nullptr ? 'd' : '-');
    if (duplicate == nullptr) return;
    for (const core::LineId line : duplicate->lines()) add_place(line);
    const BrokerUnderTest* life = world_.under_test();
    if (life == nullptr) return;
    add(life->broker.leases().find(duplicate->lease) != nullptr,
        life->broker.outstanding().of_opener(duplicate->opener).empty(),
        life->broker.outstanding().of_lease(duplicate->lease).empty());
  }

  void add_handed_out(const core::HandedOut& entry) {
    for (const core::LineId line : entry.lines) add_place(line);
    add('-');
    for (const core::LineId line : entry.left) add_place(line);
    add('-', entry.openers.size(), entry.is_given_back, entry.is_closed());
    add(world_.under_test()->broker.leases().find(entry.lease) != nullptr);
  }

  /// Whether news are of a request that was there before the present one was closed, too.
  void add_news(core::LineId line) {
    const BrokerUnderTest* life = world_.under_test();
    const auto* entry = life == nullptr ? nullptr : life->broker.outstanding().with(line);
    for (const core::LineNews& news : world_.news(line)) {
      if (news.offset != line.offset) continue;
      add('n', news.what, entry != nullptr && entry->is_closed() && news.time < *entry->closed_at);
    }
  }

  void add_line(core::LineId line) {
    add_news(line);
    const core::PinState pin = world_.pin(line);
    const core::LineInfo info = world_.info(line);
    add(pin.driven, pin.high, pin.pull, info.used);
    add_settings(info.settings);
    add(world_.is_broken(line), world_.is_lied_about(line),
        world_.store().written.lines.contains(line),
        world_.store().written.handed_out.contains(line));
    if (world_.under_test() != nullptr) add_held(world_.under_test()->broker, line);
  }

  void add_held(const core::Broker& broker, core::LineId line) {
    if (const auto* entry = broker.quarantine().find(line)) {
      add('q', entry->cause, entry->due.has_value());
    }
    add(broker.parked().contains(line), broker.held().in_use(line), broker.held().holds(line));
    if (!broker.held().holds(line)) return;
    add_settings(broker.held().applied(line));
    for (unsigned i = 0; i < world_.size().lines; ++i) {
      add(broker.held().request_with(kModelLines.at(i)) == broker.held().request_with(line));
    }
  }

  void add_settings(const core::LineSettings& settings) {
    add(settings.direction, settings.edge, settings.bias,
        settings.value ? static_cast<int>(*settings.value) : '-');
  }

  void add_lease(const core::Lease& lease) {
    add_client(lease.holder);
    add(lease.attached, lease.access, lease.lifetime.kind, lease.direct, lease.opened);
    if (lease.lifetime.kind == core::LifetimeKind::ttl) add_age(lease.kept_alive);
    if (lease.lifetime.heartbeat > core::Instant{0}) add_age(lease.last_use);
    for (const core::LeasedLine& line : lease.lines) add_place(line.id);
    add('-');
    std::set<core::LineId> released;
    for (const core::LeasedLine& line : lease.released) released.insert(line.id);
    for (const core::LineId line : released) add_place(line);
    add_offer(lease);
    add(';');
  }

  void add_waiter(const core::Waiter& waiter) {
    add_client(waiter.holder);
    add(waiter.request.access, waiter.request.lifetime.kind);
    add(waiter.request.lifetime.heartbeat > core::Instant{0});
    add_age(waiter.deadline);
    for (const core::LineId line : waiter.lines) add_place(line);
    add(';');
  }

  /// An offer to a connection that is gone is as good as none.
  void add_offer(const core::Lease& lease) {
    for (unsigned client = 0; client < world_.size().clients; ++client) {
      const core::Client holder = world_.connection_of(client);
      if (lease.offered_to != holder.name) continue;
      add('o');
      add_client(holder);
    }
  }

  void add_client(const core::Client& holder) {
    const unsigned client = World::client_of(holder);
    auto known = std::ranges::find(clients_, client);
    if (known == clients_.end()) known = clients_.insert(known, client);
    add(known - clients_.begin(), holder.name == world_.connection_of(client).name);
  }

  void add_age(core::Instant then) { add((world_.now() - then) / kMinute); }

  void add_place(core::LineId line) {
    add(std::ranges::find(kModelLines, line) - kModelLines.begin());
  }

  const World& world_;
  std::string bytes_;
  std::vector<unsigned> clients_;  // in the order in which they appear
};

}  // namespace

std::string fingerprint(const World& world) {
  return Fingerprint(world).take();
}

}  // namespace gpiobroker::test
