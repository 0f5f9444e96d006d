// SPDX-License-Identifier: GPL-2.0-or-later
// The parts of the daemon, made in the order in which they depend on each other.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "app/configurator.h"
#include "app/event_log.h"
#include "app/hot_plug.h"
#include "app/loop_edge_source.h"
#include "app/options.h"
#include "app/patience.h"
#include "app/policy_remarks.h"
#include "app/problem_report.h"
#include "app/slow_chips.h"
#include "app/state.h"
#include "bus/service.h"
#include "core/broker/broker.h"
#include "loop/event_loop.h"
#include "loop/next_turn.h"
#include "turn/loop_turn.h"

namespace gpiobroker::app {

/// Owns everything. Members are made from top to bottom and end in reverse, so that the bus is
/// left before the chips are.
class Daemon {
 public:
  /// Opens the chips, sweeps what an earlier broker left, and connects to the bus. Throws
  /// StartupError.
  explicit Daemon(const Options& options);

  /// Takes the bus name, tells systemd, and serves until a signal or the loss of the bus; every
  /// line is reset by then. Returns the exit status, or ends the process where something failed.
  /// Throws StartupError.
  int run();

 private:
  void make_broker(const Options& options);
  void make_service(const Options& options);
  void chips_changed();
  void slow_chips_changed();
  void stop();
  void wait_for_slow_chips();
  void reload();
  core::Result<void> put_in_force(core::Policy policy);
  void close(core::Policy policy);
  void tell_problems();
  void follow(core::Change change);
  void bus_lost();
  core::Change end_all(core::EndReason reason);
  void refused(const core::Client& caller, const bus::Calls::Refused& call);
  void unsent(const bus::Outbox::Unsent& message);

  loop::EventLoop loop_;
  LoopEdgeSource edges_{loop_};
  core::Board board_;
  gpio::ChipNodes nodes_{&edges_};
  std::optional<State> state_;
  std::optional<core::Broker> broker_;
  std::optional<EventLog> log_;
  std::optional<turn::LoopTurn> turn_;
  PolicyRemarks remarks_;
  SlowChips slow_chips_;
  loop::NextTurn tell_slow_chips_{loop_, [this] { slow_chips_changed(); }};
  ProblemReport report_;
  loop::SignalWatch on_terminate_;
  loop::SignalWatch on_interrupt_;
  loop::SignalWatch on_reload_;
  Configurator configurator_;
  Patience patience_;
  std::unique_ptr<sdbus::IConnection> connection_;
  std::optional<bus::Service> service_;
  std::optional<HotPlug> hot_plug_;  // none for simulated chips
};

}  // namespace gpiobroker::app
