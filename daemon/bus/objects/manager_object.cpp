// SPDX-License-Identifier: GPL-2.0-or-later
// Parses each call, has the core do it, and settles what changed.
#include "bus/objects/manager_object.h"

#include "bus/wire/names.h"
#include "core/broker/explain.h"

namespace gpiobroker::bus {
namespace {

constexpr std::uint32_t kApiLevel = 6;

}  // namespace

ManagerObject::ManagerObject(sdbus::IConnection& connection, Outbox& outbox, Calls& calls,
                             core::Broker& broker, turn::LoopTurn& turn, WaitingCalls& waiting)
    : AdaptorInterfaces(connection, sdbus::ObjectPath(kRootPath)),
      outbox_(outbox),
      calls_(calls),
      broker_(broker),
      access_(broker.line_io()),
      lifetimes_(broker.expiry()),
      turn_(turn),
      waiting_(waiting) {
  registerAdaptor();
}

void ManagerObject::announce_removed(const sdbus::ObjectPath& path, const char* interface) {
  outbox_.removed(getObject(), path, interface);
}

void ManagerObject::announce_changed(const std::vector<sdbus::PropertyName>& properties) {
  outbox_.changed(getObject(), org::gpiobroker1::Manager_adaptor::INTERFACE_NAME, properties);
}

void ManagerObject::AcquireLines(sdbus::Result<sdbus::ObjectPath>&& result,
                                 std::vector<std::string> lines, Dictionary options) {
  answer_acquire(std::move(result), parse_request(lines, options));
}

void ManagerObject::AcquireLinesEach(sdbus::Result<sdbus::ObjectPath>&& result,
                                     std::vector<LineWithSettings> lines, Dictionary options) {
  answer_acquire(std::move(result), parse_request(lines, options));
}

/// Whatever the outcome is, something may have changed: a line that could not be put back is in
/// quarantine, or an earlier request is out of the way of others.
void ManagerObject::answer_acquire(sdbus::Result<sdbus::ObjectPath>&& result,
                                   core::Result<LeaseRequest> request) {
  calls_.carry_out_later(std::move(result), [this, request = std::move(request)](
                                                const core::Client& holder, auto answer) {
    if (!request) {
      answer(core::Refused(request.error()));
      return;
    }
    waiting_.acquire(holder, *request, [answer](const core::Result<core::LeaseId>& lease) {
      answer(lease ? core::Result<sdbus::ObjectPath>(lease_path(*lease))
                   : core::Refused(lease.error()));
    });
    turn_.settle({});
  });
}

void ManagerObject::ReleaseLines(sdbus::Result<>&& result, std::vector<std::string> lines,
                                 Dictionary options) {
  calls_.carry_out(std::move(result),
                   [this, lines = std::move(lines), none = expect_no_options(options)](
                       const core::Client& holder) -> core::Result<void> {
                     if (!none) return none;
                     auto change = broker_.release_held(holder, lines, turn_.now());
                     if (!change) return core::Refused(change.error());
                     waiting_.withdraw(holder.name, lines);
                     turn_.settle(std::move(*change));
                     return {};
                   });
}

void ManagerObject::ReadLines(sdbus::Result<std::map<Text, std::int32_t>>&& result,
                              std::vector<std::string> lines, Dictionary options) {
  using Values = std::map<Text, std::int32_t>;
  calls_.carry_out(std::move(result),
                   [this, lines = std::move(lines), none = expect_no_options(options)](
                       const core::Client& holder) -> core::Result<Values> {
                     if (!none) return core::Refused(none.error());
                     const auto values = access_.read_lines(holder, lines);
                     if (!values) return core::Refused(values.error());
                     return to_dictionary(*values);
                   });
}

void ManagerObject::GetLease(sdbus::Result<sdbus::ObjectPath>&& result, std::string line) {
  calls_.carry_out(std::move(result),
                   [this, line = std::move(line)](
                       const core::Client& holder) -> core::Result<sdbus::ObjectPath> {
                     const auto lease = lifetimes_.find(holder, line);
                     if (!lease) return core::Refused(lease.error());
                     return lease_path(*lease);
                   });
}

void ManagerObject::AcceptLease(sdbus::Result<>&& result, sdbus::ObjectPath lease) {
  calls_.carry_out(std::move(result),
                   [this, id = lease_id(lease)](const core::Client& holder) -> core::Result<void> {
                     auto change = broker_.transfer().accept(holder, id, turn_.now());
                     if (!change) return core::Refused(change.error());
                     turn_.settle(std::move(*change));
                     return {};
                   });
}

void ManagerObject::CloseDirect(sdbus::Result<>&& result, sdbus::ObjectPath lease) {
  calls_.carry_out(std::move(result),
                   [this, id = lease_id(lease)](const core::Client& caller) -> core::Result<void> {
                     auto change = broker_.direct().let_go(caller, id, turn_.now());
                     if (!change) return core::Refused(change.error());
                     turn_.settle(std::move(*change));
                     return {};
                   });
}

void ManagerObject::RevokeLease(sdbus::Result<>&& result, std::string line, std::string reason) {
  calls_.carry_out(std::move(result),
                   [this, line = std::move(line),
                    reason = std::move(reason)](const core::Client& holder) -> core::Result<void> {
                     auto change = broker_.revoke(holder, line, reason, turn_.now());
                     if (!change) return core::Refused(change.error());
                     turn_.settle(std::move(*change));
                     return {};
                   });
}

void ManagerObject::FindLine(sdbus::Result<sdbus::ObjectPath>&& result, std::string line) {
  calls_.carry_out(
      std::move(result),
      [this, spec = std::move(line)](const core::Client&) -> core::Result<sdbus::ObjectPath> {
        const core::Board& board = broker_.board();
        const auto found = board.directory().find(spec);
        if (!found) return core::Refused(found.error());
        return line_path(board.chips().at(found->chip).info(), found->offset);
      });
}

void ManagerObject::ExplainPolicy(sdbus::Result<bool, Text, Text>&& result, std::uint32_t uid,
                                  std::vector<std::uint32_t> groups, std::string unit,
                                  std::string line, std::string verb) {
  using Answer = std::tuple<bool, Text, Text>;
  calls_.carry_out(
      std::move(result),
      [this,
       client =
           core::Client{.uid = uid, .gids = std::move(groups), .vouched_unit = std::move(unit)},
       line = std::move(line),
       verb = std::move(verb)](const core::Client&) -> core::Result<Answer> {
        const auto verdict = core::explain(broker_, client, line, verb);
        if (!verdict) return core::Refused(verdict.error());
        return Answer{verdict->allowed, verdict->rule, verdict->why};
      });
}

Text ManagerObject::Version() {
  return GPIOBROKER_VERSION;
}

std::uint32_t ManagerObject::ApiLevel() {
  return kApiLevel;
}

bool ManagerObject::set_problems(std::vector<std::string> problems) {
  if (problems == problems_) return false;
  problems_ = std::move(problems);
  return true;
}

std::vector<Text> ManagerObject::Problems() {
  return {problems_.begin(), problems_.end()};
}

std::uint32_t ManagerObject::LeaseCount() {
  return static_cast<std::uint32_t>(broker_.leases().all().size());
}

ManagerObject::Paths ManagerObject::QuarantinedLines() {
  Paths paths;
  for (const auto& [line, entry] : broker_.quarantine().all()) {
    paths.push_back(line_path(broker_.board().chips().at(line.chip).info(), line.offset));
  }
  return paths;
}

std::uint64_t ManagerObject::LeasesGranted() {
  return turn_.counters().granted;
}

std::map<Text, std::uint64_t> ManagerObject::LeasesEnded() {
  std::map<Text, std::uint64_t> by_reason;
  for (const auto& [reason, count] : turn_.counters().ended)
    by_reason.emplace(core::to_word(reason), count);
  return by_reason;
}

std::uint64_t ManagerObject::LinesReset() {
  return turn_.counters().resets;
}

std::uint64_t ManagerObject::FailedResets() {
  return turn_.counters().failed_resets;
}

std::uint64_t ManagerObject::SlowestReset() {
  using std::chrono::microseconds;
  return static_cast<std::uint64_t>(
      duration_cast<microseconds>(turn_.counters().slowest_reset).count());
}

std::uint64_t ManagerObject::Edges() {
  return broker_.edge_totals().seen;
}

std::uint64_t ManagerObject::EdgesLost() {
  return broker_.edge_totals().lost;
}

std::map<Text, std::uint64_t> ManagerObject::CallsRefused() {
  return {turn_.counters().refused.begin(), turn_.counters().refused.end()};
}

std::uint64_t ManagerObject::SendFailures() {
  return turn_.counters().unsent;
}

}  // namespace gpiobroker::bus
