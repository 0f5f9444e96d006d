// SPDX-License-Identifier: GPL-2.0-or-later
// Starts the parts of the daemon, runs the loop, and stops them in the opposite order.
#include "app/daemon.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>

#include "app/attach_chips.h"
#include "app/connect.h"
#include "app/journal.h"

namespace gpiobroker::app {
namespace {

/// What a chip that is slow may take for its resets when the daemon ends: half of what systemd
/// waits. What is not done by then is left to gpiobroker-reset.
constexpr std::chrono::seconds kLastPatience{3};

/// How long a process may take to end whose connection to the bus is gone: it may have had
/// descriptors of a direct lease.
constexpr std::chrono::milliseconds kPatienceWithTheDying{200};

/// Takes nothing apart, and leaves that to the kernel: what failed may be half made, and libsystemd
/// aborts over such (bus_free() of an object path for which there was no memory).
[[noreturn]] void leave_as_it_is() {
  spdlog::default_logger()->flush();
  std::_Exit(EXIT_FAILURE);
}

}  // namespace

Daemon::Daemon(const Options& options)
    : on_terminate_(loop_, SIGTERM, [this] { stop(); }),
      on_interrupt_(loop_, SIGINT, [this] { stop(); }),
      on_reload_(loop_, SIGHUP, [this] { reload(); }),
      configurator_(
          loop_, options.config_folder,
          {.put_in_force = [this](auto policy) { return put_in_force(std::move(policy)); },
           .close = [this](auto policy) { close(std::move(policy)); },
           .reloaded = [] { sd_notify(0, "READY=1"); },
           .told = [this] { tell_problems(); }}) {
  nodes_.when_slow([this] { tell_slow_chips_.request(); });
  attach_chips(board_, options, nodes_, edges_);
  make_broker(options);
  configurator_.start();  // after the sweep, which goes by the ledger alone
  make_service(options);
  tell_problems();
}

void Daemon::make_service(const Options& options) {
  auto [connection, bus] = patience_.with([&] { return connect(options.bus_address); });
  connection_ = std::move(connection);
  connection_->attachSdEventLoop(loop_.get());
  service_.emplace(
      *connection_, *bus, loop_, *broker_, *turn_,
      bus::Service::Events{
          .refused = [this](const core::Client& caller,
                            const bus::Calls::Refused& call) { refused(caller, call); },
          .line_unreadable =
              [this](auto line, const auto& why) { log_->line_unreadable(line, why, loop_.now()); },
          .line_readable_again =
              [this](auto line) { log_->line_readable_again(line, loop_.now()); },
          .unsent = [this](const bus::Outbox::Unsent& message) { unsent(message); },
          .bus_lost = [this] { bus_lost(); }});
  turn_->add(*log_);
  edges_.connect({.edges = [this](core::RequestId request) { turn_->edges_ready(request); },
                  .news = [this](core::ChipId chip) { turn_->news_ready(chip); }});
  if (!options.simulated.empty()) return;
  hot_plug_.emplace(loop_, nodes_, board_, *broker_, *service_, *turn_,
                    [this] { chips_changed(); });
}

void Daemon::make_broker(const Options& options) {
  if (options.state_folder.empty()) {
    broker_.emplace(board_);
    log_.emplace(*broker_);
    turn_.emplace(loop_, *broker_);
    return;
  }
  patience_.with([&] { state_.emplace(board_, options.state_folder); });
  broker_.emplace(board_, state_->ledger(), state_->leftover());
  log_.emplace(*broker_);
  state_->sweep(*broker_, loop_.now());
  turn_.emplace(loop_, *broker_);
}

int Daemon::run() {
  patience_.with([this] { take_name(*service_, *connection_); });
  loop::checked(sd_event_set_watchdog(loop_.get(), 1), "cannot feed the watchdog");
  sd_notify(0, "READY=1");
  spdlog::info("ready: org.gpiobroker1 is on the bus");
  try {
    return loop_.run();
  } catch (const std::exception& fault) {
    spdlog::critical("{}", fault.what());
    end_all(core::EndReason::shutdown);
    leave_as_it_is();
  }
}

void Daemon::stop() {
  sd_notify(0, "STOPPING=1");
  turn_->settle(end_all(core::EndReason::shutdown));
  wait_for_slow_chips();
  turn_->finish();
  service_->finish();
  loop_.exit(broker_->quarantine().all().empty() ? EXIT_SUCCESS : EXIT_FAILURE);
}

/// A reset that is under way, or a process that is about to end, is not lost for want of a moment.
/// Those that failed otherwise are tried with it once more, whenever they would be due.
void Daemon::wait_for_slow_chips() {
  constexpr std::chrono::hours kLater{1};
  if (broker_->quarantine().all().empty()) return;
  sd_notify(0, "WATCHDOG=1");
  turn_->wait_for_openers(kPatienceWithTheDying);
  nodes_.wait_for_slow(kLastPatience);
  turn_->settle(broker_->retry_resets(loop_.now() + kLater));
}

/// sd_notify(3) wants the time with it, so that systemd knows which reload this is. READY=1 follows
/// when it is over.
void Daemon::reload() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  sd_notifyf(
      0, "RELOADING=1\nMONOTONIC_USEC=%lld",
      static_cast<long long>(std::chrono::duration_cast<std::chrono::microseconds>(now).count()));
  remarks_.tell_again();
  configurator_.reload();
}

core::Result<void> Daemon::put_in_force(core::Policy policy) {
  auto applied = broker_->parking().apply(std::move(policy), loop_.now());
  if (!applied) return core::Refused(applied.error());
  follow(std::move(*applied));
  remarks_.tell(*broker_);
  return {};
}

/// What an earlier broker could not reset goes, once it can be, where that one meant it to go.
void Daemon::close(core::Policy policy) {
  core::SafeStates as_left;
  if (state_) {
    for (auto [line, state] : state_->leftover().lines) {
      state.park = false;
      as_left.set(line, state);
    }
  }
  // What the ledger cannot take is in it already.
  std::ignore = broker_->parking().set_safe_states(as_left, loop_.now());
  broker_->set_policy(std::move(policy));
}

void Daemon::tell_problems() {
  if (!service_) return;
  std::vector<std::string> problems = problems_of_chips(board_, nodes_);
  std::ranges::copy(slow_chips_.problems(), std::back_inserter(problems));
  std::ranges::copy(configurator_.problems(), std::back_inserter(problems));
  report_.tell(std::move(problems), *service_);
}

void Daemon::slow_chips_changed() {
  slow_chips_.look(board_.chips(), *log_, loop_.now());
  tell_problems();
}

/// As long as the policy is closed the ledger alone says where lines go.
void Daemon::chips_changed() {
  slow_chips_.look(board_.chips(), *log_, loop_.now());
  tell_problems();
  if (!broker_->policy().check_open()) return;
  auto applied = broker_->parking().apply_to_new_chips(loop_.now());
  if (applied) {
    follow(std::move(*applied));
  } else {
    spdlog::error("safe states stay as they were: {}", applied.error().message);
  }
  remarks_.tell(*broker_);
}

void Daemon::follow(core::Change change) {
  if (service_) {
    turn_->settle(std::move(change));
  } else {
    log_->changed(change, loop_.now());
  }
}

void Daemon::bus_lost() {
  spdlog::critical("the bus is gone, and with it every client");
  log_->changed(end_all(core::EndReason::bus_lost), loop_.now());
  leave_as_it_is();
}

core::Change Daemon::end_all(core::EndReason reason) {
  core::Change change = broker_->end_all(reason, loop_.now());
  if (broker_->quarantine().all().empty()) spdlog::info("every leased line is reset");
  return change;
}

void Daemon::refused(const core::Client& caller, const bus::Calls::Refused& call) {
  log_->refused(caller, {.method = call.method, .error = call.error, .message = call.message},
                loop_.now());
}

void Daemon::unsent(const bus::Outbox::Unsent& message) {
  log_->unsent(static_cast<std::uint32_t>(message.kind), message.what, message.why, loop_.now());
}

}  // namespace gpiobroker::app
