// SPDX-License-Identifier: GPL-2.0-or-later
// Every state that the broker's core can come to, with few clients and few lines.
#include <utility>

#include <gtest/gtest.h>

#include "model/explorer.h"

namespace gpiobroker::test {
namespace {

using core::Access;
using core::LifetimeKind;

/// Steps for every client and line that there is.
class Steps {
 public:
  explicit Steps(Size size) : size_(std::move(size)) {}

  Steps& acquire(const Step& like) {
    for_clients([&](std::uint8_t client) {
      for (std::uint8_t lines = 1; lines <= size_.all_lines(); ++lines) {
        Step step = like;
        step.client = client;
        step.lines = lines;
        steps_.push_back(step);
      }
    });
    return *this;
  }

  Steps& of_clients(Action action) {
    for_clients(
        [&](std::uint8_t client) { steps_.push_back({.action = action, .client = client}); });
    return *this;
  }

  Steps& of_clients_with_a_line(Action action) {
    for_clients([&](std::uint8_t client) {
      for (unsigned line = 0; line < size_.lines; ++line) {
        steps_.push_back({.action = action,
                          .client = client,
                          .lines = static_cast<std::uint8_t>(1U << line),
                          .to = static_cast<std::uint8_t>((client + 1) % size_.clients)});
      }
    });
    return *this;
  }

  Steps& of_lines(Action action) {
    for (unsigned line = 0; line < size_.lines; ++line) {
      steps_.push_back({.action = action, .lines = static_cast<std::uint8_t>(1U << line)});
    }
    return *this;
  }

  Steps& of_nobody(std::initializer_list<Action> actions) {
    for (const Action action : actions) steps_.push_back({.action = action});
    return *this;
  }

  operator Possibilities() const { return {.size = size_, .steps = steps_}; }

 private:
  template <class Work>
  void for_clients(Work work) const {
    for (std::uint8_t client = 0; client < size_.clients; ++client) work(client);
  }

  Size size_;
  Story steps_;
};

void expect_no_broken_invariant(const Possibilities& possibilities) {
  const Exploration found = explore(possibilities);
  std::cout << found.states << " states, " << found.transitions << " transitions, the farthest "
            << found.longest << " steps away\n";
  if (found.broken)
    ADD_FAILURE() << found.broken->what << ", after" << to_words(found.broken->story);
}

TEST(EveryState, OfThreeClientsWhoWaitForThreeLines) {
  const Size size{.clients = 3, .lines = 3};
  expect_no_broken_invariant(Steps(size)
                                 .acquire({.waits = true})
                                 .of_clients(Action::go)
                                 .of_clients(Action::release_all)
                                 .of_nobody({Action::kill_broker, Action::start_broker}));
}

TEST(EveryState, OfThreeClientsWhoReleaseSomeOfThreeLines) {
  const Size size{.clients = 3, .lines = 3};
  expect_no_broken_invariant(Steps(size)
                                 .acquire({})
                                 .of_clients(Action::go)
                                 .of_clients_with_a_line(Action::release_line)
                                 .of_nobody({Action::kill_broker, Action::start_broker}));
}

TEST(EveryState, OfTwoClientsWithSeveralLeasesOfSharedLines) {
  const Size size{.clients = 2, .lines = 2, .leases_of_client = 2};
  expect_no_broken_invariant(Steps(size)
                                 .acquire({})
                                 .acquire({.access = Access::shared, .waits = true})
                                 .acquire({.access = Access::observe})
                                 .of_clients(Action::go)
                                 .of_clients_with_a_line(Action::release_line));
}

TEST(EveryState, OfThreeClientsWhoShareLines) {
  const Size size{.clients = 3, .lines = 2, .leases_of_client = 1};
  expect_no_broken_invariant(Steps(size)
                                 .acquire({.waits = true})
                                 .acquire({.access = Access::shared, .waits = true})
                                 .acquire({.access = Access::observe})
                                 .of_clients(Action::go)
                                 .of_clients_with_a_line(Action::release_line));
}

TEST(EveryState, OfLeasesThatOutliveTheirConnection) {
  const Size size{.clients = 2, .lines = 2, .leases_of_client = 2};
  expect_no_broken_invariant(Steps(size)
                                 .acquire({})
                                 .acquire({.lifetime = LifetimeKind::ttl, .waits = true})
                                 .acquire({.lifetime = LifetimeKind::persistent, .heartbeat = true})
                                 .of_clients(Action::go)
                                 .of_clients_with_a_line(Action::release_line)
                                 .of_clients_with_a_line(Action::keep_alive)
                                 .of_clients_with_a_line(Action::use)
                                 .of_lines(Action::revoke)
                                 .of_nobody({Action::pass_time}));
}

TEST(EveryState, OfLeasesThatChangeHands) {
  const Size size{.clients = 3, .lines = 2, .leases_of_client = 2};
  expect_no_broken_invariant(Steps(size)
                                 .acquire({})
                                 .acquire({.lifetime = LifetimeKind::persistent})
                                 .of_clients(Action::go)
                                 .of_clients_with_a_line(Action::release_line)
                                 .of_clients_with_a_line(Action::offer)
                                 .of_clients_with_a_line(Action::accept)
                                 .of_nobody({Action::kill_broker, Action::start_broker}));
}

Steps failing_resets(const Size& size) {
  return Steps(size)
      .acquire({.waits = true})
      .of_clients(Action::go)
      .of_lines(Action::break_line)
      .of_lines(Action::mend_line)
      .of_nobody({Action::pass_time, Action::kill_broker, Action::start_broker});
}

TEST(EveryState, OfLinesThatCannotBeReset) {
  expect_no_broken_invariant(
      failing_resets({.clients = 2, .lines = 2}).of_lines(Action::break_answer));
}

TEST(EveryState, OfLinesOnTwoChipsThatCannotBeReset) {
  expect_no_broken_invariant(failing_resets({.clients = 1, .lines = 3}));
}

/// Line 1 is to be driven high by a broker that holds on to it, line 2 to be pulled up.
core::SafeStates chosen_safe_states() {
  core::SafeStates states;
  states.set(kModelLines.at(1),
             {.kind = core::SafeState::Kind::output, .value = core::Value::active, .park = true});
  states.set(kModelLines.at(2), {.bias = core::Bias::pull_up});
  return states;
}

void expect_no_broken_invariant_of_a_killed_broker(const Size& size) {
  Possibilities possible = Steps(size)
                               .acquire({})
                               .of_clients(Action::go)
                               .of_clients_with_a_line(Action::release_line)
                               .of_nobody({Action::kill_broker, Action::start_broker,
                                           Action::fill_store, Action::empty_store});
  possible.crashes_at_any_point = true;
  expect_no_broken_invariant(possible);
}

TEST(EveryState, OfABrokerThatIsKilledAtAnyStep) {
  expect_no_broken_invariant_of_a_killed_broker({.clients = 2, .lines = 3});
}

TEST(EveryState, OfABrokerWithSafeStatesThatIsKilledAtAnyStep) {
  expect_no_broken_invariant_of_a_killed_broker(
      {.clients = 2, .lines = 3, .safe_states = chosen_safe_states()});
}

TEST(EveryState, OfABrokerThatIsKilledAtAnyStepOfAResetThatFails) {
  Possibilities possible =
      failing_resets({.clients = 1, .lines = 2}).of_lines(Action::break_answer);
  possible.crashes_at_any_point = true;
  expect_no_broken_invariant(possible);
}

Steps direct_leases(const Size& size) {
  return Steps(size)
      .acquire({.direct = true})
      .of_clients_with_a_line(Action::open)
      .of_clients_with_a_line(Action::drive)
      .of_clients(Action::leave_child)
      .of_clients(Action::close_direct)
      .of_clients(Action::die)
      .of_lines(Action::child_drives)
      .of_nobody({Action::child_ends, Action::pass_time});
}

TEST(EveryState, OfDirectLeasesWhoseHoldersLiveOnOrHaveChildren) {
  const Size size{.clients = 2, .lines = 2, .leases_of_client = 1};
  expect_no_broken_invariant(direct_leases(size)
                                 .acquire({})
                                 .of_clients(Action::go)
                                 .of_clients_with_a_line(Action::release_line)
                                 .of_lines(Action::revoke));
}

/// Line 1 is to be held on to.
core::SafeStates parked() {
  core::SafeStates states;
  states.set(kModelLines.at(1), {.park = true});
  return states;
}

TEST(EveryState, OfDirectLeasesOfABrokerThatIsKilledAtAnyStep) {
  const Size size{.clients = 1, .lines = 3, .leases_of_client = 1, .safe_states = parked()};
  Possibilities possible = direct_leases(size)
                               .of_clients_with_a_line(Action::release_line)
                               .of_nobody({Action::kill_broker, Action::start_broker});
  possible.crashes_at_any_point = true;
  expect_no_broken_invariant(possible);
}

TEST(EveryState, OfDirectLeasesOfABrokerThatHearsLateOfWhatIsDone) {
  const Size size{.clients = 1, .lines = 2, .leases_of_client = 1, .hears_late = true};
  expect_no_broken_invariant(direct_leases(size)
                                 .of_clients_with_a_line(Action::release_line)
                                 .of_lines(Action::revoke)
                                 .of_nobody({Action::hear}));
}

TEST(EveryState, OfDirectLeasesOfLinesThatCannotBeReset) {
  const Size size{.clients = 1, .lines = 2, .leases_of_client = 1};
  expect_no_broken_invariant(direct_leases(size)
                                 .of_lines(Action::revoke)
                                 .of_lines(Action::break_line)
                                 .of_lines(Action::mend_line));
}

}  // namespace
}  // namespace gpiobroker::test
