// SPDX-License-Identifier: GPL-2.0-or-later
// org.gpiobroker1.Manager on the bus: parses, asks the core, answers.
#pragma once

#include <optional>

#include "bus/callers/calls.h"
#include "bus/objects/waiting_calls.h"
#include "bus/wire/arguments.h"
#include "core/broker/broker.h"
#include "org.gpiobroker1.Manager_adaptor.h"
#include "turn/loop_turn.h"

namespace gpiobroker::bus {

/// The root object. Every change that a call makes is handed to the turn.
class ManagerObject final : public sdbus::AdaptorInterfaces<org::gpiobroker1::Manager_adaptor,
                                                            sdbus::ObjectManager_adaptor> {
 public:
  ManagerObject(sdbus::IConnection& connection, Outbox& outbox, Calls& calls, core::Broker& broker,
                turn::LoopTurn& turn, WaitingCalls& waiting);
  ManagerObject(const ManagerObject&) = delete;
  ManagerObject& operator=(const ManagerObject&) = delete;
  ~ManagerObject() { unregisterAdaptor(); }

  /// The signal for an object that is not there any more, and so cannot send it itself.
  void announce_removed(const sdbus::ObjectPath& path, const char* interface);
  void announce_changed(const std::vector<sdbus::PropertyName>& properties);

  /// False: they are the same as before.
  bool set_problems(std::vector<std::string> problems);

 private:
  using Paths = std::vector<sdbus::ObjectPath>;

  void AcquireLines(sdbus::Result<sdbus::ObjectPath>&& result, std::vector<std::string> lines,
                    Dictionary options) override;
  void AcquireLinesEach(sdbus::Result<sdbus::ObjectPath>&& result,
                        std::vector<LineWithSettings> lines, Dictionary options) override;
  void ReleaseLines(sdbus::Result<>&& result, std::vector<std::string> lines,
                    Dictionary options) override;
  void ReadLines(sdbus::Result<std::map<Text, std::int32_t>>&& result,
                 std::vector<std::string> lines, Dictionary options) override;
  void CloseDirect(sdbus::Result<>&& result, sdbus::ObjectPath lease) override;
  void RevokeLease(sdbus::Result<>&& result, std::string line, std::string reason) override;
  void AcceptLease(sdbus::Result<>&& result, sdbus::ObjectPath lease) override;
  void GetLease(sdbus::Result<sdbus::ObjectPath>&& result, std::string line) override;
  void FindLine(sdbus::Result<sdbus::ObjectPath>&& result, std::string line) override;
  void ExplainPolicy(sdbus::Result<bool, Text, Text>&& result, std::uint32_t uid,
                     std::vector<std::uint32_t> groups, std::string unit, std::string line,
                     std::string verb) override;
  Text Version() override;
  std::uint32_t ApiLevel() override;
  std::vector<Text> Problems() override;
  std::uint32_t LeaseCount() override;
  Paths QuarantinedLines() override;
  std::uint64_t LeasesGranted() override;
  std::map<Text, std::uint64_t> LeasesEnded() override;
  std::uint64_t LeasesOpened() override { return turn_.counters().opened; }
  std::uint64_t ResetsRepeated() override { return turn_.counters().undone; }
  std::uint64_t LinesReset() override;
  std::uint64_t FailedResets() override;
  std::uint64_t SlowestReset() override;
  std::uint64_t Edges() override;
  std::uint64_t EdgesLost() override;
  std::map<Text, std::uint64_t> CallsRefused() override;
  std::uint64_t SendFailures() override;

  void answer_acquire(sdbus::Result<sdbus::ObjectPath>&& result,
                      core::Result<LeaseRequest> request);

  Outbox& outbox_;
  Calls& calls_;
  core::Broker& broker_;
  core::LineIo& access_;
  core::LeaseExpiry& lifetimes_;
  turn::LoopTurn& turn_;
  WaitingCalls& waiting_;
  std::vector<std::string> problems_;
};

}  // namespace gpiobroker::bus
