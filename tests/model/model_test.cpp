// SPDX-License-Identifier: GPL-2.0-or-later
// Every state that the broker's core can come to, with few clients and few lines.
#include <utility>

#include <gtest/gtest.h>

#include "model/explorer.h"

namespace gpiobroker::test {
namespace {

using core::Access;
using core::LifetimeKind;

/// Acts for every client and line that there is.
class Acts {
 public:
  explicit Acts(Size size) : size_(std::move(size)) {}

  Acts& acquire(const Act& like) {
    for_clients([&](std::uint8_t client) {
      for (std::uint8_t lines = 1; lines <= size_.all_lines(); ++lines) {
        Act act = like;
        act.client = client;
        act.lines = lines;
        acts_.push_back(act);
      }
    });
    return *this;
  }

  Acts& of_clients(Deed deed) {
    for_clients([&](std::uint8_t client) { acts_.push_back({.deed = deed, .client = client}); });
    return *this;
  }

  Acts& of_clients_with_a_line(Deed deed) {
    for_clients([&](std::uint8_t client) {
      for (unsigned line = 0; line < size_.lines; ++line) {
        acts_.push_back({.deed = deed,
                         .client = client,
                         .lines = static_cast<std::uint8_t>(1U << line),
                         .to = static_cast<std::uint8_t>((client + 1) % size_.clients)});
      }
    });
    return *this;
  }

  Acts& of_lines(Deed deed) {
    for (unsigned line = 0; line < size_.lines; ++line) {
      acts_.push_back({.deed = deed, .lines = static_cast<std::uint8_t>(1U << line)});
    }
    return *this;
  }

  Acts& of_nobody(std::initializer_list<Deed> deeds) {
    for (const Deed deed : deeds) acts_.push_back({.deed = deed});
    return *this;
  }

  operator Possibilities() const { return {.size = size_, .acts = acts_}; }

 private:
  template <class Work>
  void for_clients(Work work) const {
    for (std::uint8_t client = 0; client < size_.clients; ++client) work(client);
  }

  Size size_;
  Story acts_;
};

void expect_no_broken_promise(const Possibilities& possibilities) {
  const Exploration found = explore(possibilities);
  std::cout << found.states << " states, " << found.transitions << " transitions, the farthest "
            << found.longest << " acts away\n";
  if (found.broken)
    ADD_FAILURE() << found.broken->what << ", after" << to_words(found.broken->story);
}

TEST(EveryState, OfThreeClientsWhoWaitForThreeLines) {
  const Size size{.clients = 3, .lines = 3};
  expect_no_broken_promise(Acts(size)
                               .acquire({.waits = true})
                               .of_clients(Deed::go)
                               .of_clients(Deed::release_all)
                               .of_nobody({Deed::kill_broker, Deed::start_broker}));
}

TEST(EveryState, OfThreeClientsWhoReleaseSomeOfThreeLines) {
  const Size size{.clients = 3, .lines = 3};
  expect_no_broken_promise(Acts(size)
                               .acquire({})
                               .of_clients(Deed::go)
                               .of_clients_with_a_line(Deed::release_line)
                               .of_nobody({Deed::kill_broker, Deed::start_broker}));
}

TEST(EveryState, OfTwoClientsWithSeveralLeasesOfSharedLines) {
  const Size size{.clients = 2, .lines = 2, .leases_of_client = 2};
  expect_no_broken_promise(Acts(size)
                               .acquire({})
                               .acquire({.access = Access::shared, .waits = true})
                               .acquire({.access = Access::observe})
                               .of_clients(Deed::go)
                               .of_clients_with_a_line(Deed::release_line));
}

TEST(EveryState, OfThreeClientsWhoShareLines) {
  const Size size{.clients = 3, .lines = 2, .leases_of_client = 1};
  expect_no_broken_promise(Acts(size)
                               .acquire({.waits = true})
                               .acquire({.access = Access::shared, .waits = true})
                               .acquire({.access = Access::observe})
                               .of_clients(Deed::go)
                               .of_clients_with_a_line(Deed::release_line));
}

TEST(EveryState, OfLeasesThatOutliveTheirConnection) {
  const Size size{.clients = 2, .lines = 2, .leases_of_client = 2};
  expect_no_broken_promise(Acts(size)
                               .acquire({})
                               .acquire({.lifetime = LifetimeKind::ttl, .waits = true})
                               .acquire({.lifetime = LifetimeKind::persistent, .heartbeat = true})
                               .of_clients(Deed::go)
                               .of_clients_with_a_line(Deed::release_line)
                               .of_clients_with_a_line(Deed::keep_alive)
                               .of_clients_with_a_line(Deed::use)
                               .of_lines(Deed::revoke)
                               .of_nobody({Deed::pass_time}));
}

TEST(EveryState, OfLeasesThatChangeHands) {
  const Size size{.clients = 3, .lines = 2, .leases_of_client = 2};
  expect_no_broken_promise(Acts(size)
                               .acquire({})
                               .acquire({.lifetime = LifetimeKind::persistent})
                               .of_clients(Deed::go)
                               .of_clients_with_a_line(Deed::release_line)
                               .of_clients_with_a_line(Deed::offer)
                               .of_clients_with_a_line(Deed::accept)
                               .of_nobody({Deed::kill_broker, Deed::start_broker}));
}

Acts failing_resets(const Size& size) {
  return Acts(size)
      .acquire({.waits = true})
      .of_clients(Deed::go)
      .of_lines(Deed::break_line)
      .of_lines(Deed::mend_line)
      .of_nobody({Deed::pass_time, Deed::kill_broker, Deed::start_broker});
}

TEST(EveryState, OfLinesThatCannotBeReset) {
  expect_no_broken_promise(failing_resets({.clients = 2, .lines = 2}).of_lines(Deed::break_answer));
}

TEST(EveryState, OfLinesOnTwoChipsThatCannotBeReset) {
  expect_no_broken_promise(failing_resets({.clients = 1, .lines = 3}));
}

/// Line 1 is to be driven high by a broker that holds on to it, line 2 to be pulled up.
core::SafeStates chosen_safe_states() {
  core::SafeStates states;
  states.set(kModelLines.at(1),
             {.kind = core::SafeState::Kind::output, .value = core::Value::active, .park = true});
  states.set(kModelLines.at(2), {.bias = core::Bias::pull_up});
  return states;
}

void expect_no_broken_promise_of_a_killed_broker(const Size& size) {
  Possibilities possible =
      Acts(size)
          .acquire({})
          .of_clients(Deed::go)
          .of_clients_with_a_line(Deed::release_line)
          .of_nobody({Deed::kill_broker, Deed::start_broker, Deed::fill_store, Deed::empty_store});
  possible.killed_at_any_step = true;
  expect_no_broken_promise(possible);
}

TEST(EveryState, OfABrokerThatIsKilledAtAnyStep) {
  expect_no_broken_promise_of_a_killed_broker({.clients = 2, .lines = 3});
}

TEST(EveryState, OfABrokerWithSafeStatesThatIsKilledAtAnyStep) {
  expect_no_broken_promise_of_a_killed_broker(
      {.clients = 2, .lines = 3, .safe_states = chosen_safe_states()});
}

TEST(EveryState, OfABrokerThatIsKilledAtAnyStepOfAResetThatFails) {
  Possibilities possible = failing_resets({.clients = 1, .lines = 2}).of_lines(Deed::break_answer);
  possible.killed_at_any_step = true;
  expect_no_broken_promise(possible);
}

}  // namespace
}  // namespace gpiobroker::test
