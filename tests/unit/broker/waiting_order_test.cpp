// SPDX-License-Identifier: GPL-2.0-or-later
// Many who wait, and every story of few: everybody is served, in order, and nobody holds what
// another has.
#include <array>
#include <random>

#include "core/broker/broker.h"
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using core::Served;
using core::WaiterId;
using core::Waiting;
using std::chrono::hours;
using std::chrono::seconds;

/// Clients that lease lines, wait for them, and go away; and the rules that hold meanwhile.
class Crowd : public BrokerTest {
 protected:
  Client client(std::size_t number) {
    Client holder = kAlice;
    holder.name.value = ":3." + std::to_string(number);
    holder.uid = static_cast<std::uint32_t>(3000 + number);
    return holder;
  }

  core::Result<Waiting::Outcome> ask(std::size_t number, const Specs& lines, Instant wait) {
    core::AcquireRequest request{.lines = {}, .consumer = "", .wait = wait};
    for (const std::string& line : lines) request.lines.push_back({line, kHigh});
    return waiting_.acquire(client(number), request, now_);
  }

  /// The rule of core/broker/waiting.h, looked at from outside: whoever was served had nobody
  /// before it who waits for one of its lines.
  void expect_in_turn(const std::vector<Served>& served) {
    for (const Served& each : served) {
      ASSERT_TRUE(each.outcome);
      const core::Lease& lease = *broker_.leases().find(*each.outcome);
      for (const auto& [id, waiter] : broker_.queue().all()) {
        if (each.waiter < id) continue;
        for (const core::LeasedLine& line : lease.lines) {
          EXPECT_EQ(std::ranges::count(waiter.lines, line.id), 0);
        }
      }
    }
  }

  /// Nobody waits whose turn it is and whose lines are free.
  void expect_nobody_forgotten() {
    for (const auto& [id, waiter] : broker_.queue().all()) {
      if (!broker_.queue().has_its_turn(id)) continue;
      EXPECT_TRUE(std::ranges::any_of(
          waiter.lines, [this](LineId line) { return broker_.leases().of_line(line) != nullptr; }));
    }
  }

  std::vector<Served> serve() {
    std::vector<Served> served = waiting_.serve(now_);
    expect_in_turn(served);
    expect_nobody_forgotten();
    return served;
  }

  Waiting& waiting_ = broker_.waiting();
  Instant now_ = kNow;
};

TEST_F(Crowd, OfFiftyIsServedWithoutEndInOrderAndWithoutDeadlock) {
  const std::array<std::string, 8> lines{"GPIO4",  "GPIO17", "GPIO18", "GPIO27",
                                         "GPIO22", "GPIO23", "GPIO24", "EXP3"};
  constexpr std::size_t kClients = 50;
  std::mt19937 random(1);
  std::map<WaiterId, Instant> since;
  std::uint64_t served_in_all = 0;
  Instant longest{0};
  const auto note = [&](const std::vector<Served>& served) {
    for (const Served& each : served) {
      longest = std::max(longest, now_ - since.at(each.waiter));
      since.erase(each.waiter);
      ++served_in_all;
    }
  };
  for (const Instant end = now_ + hours(24); now_ < end; now_ += seconds(1)) {
    const std::size_t number = random() % kClients;
    if (broker_.queue().of_client(client(number).name).empty()) {
      (void)broker_.goodbye(client(number).name, now_);
      note(serve());
      Specs wanted;
      for (std::size_t i = random() % 4 + 1; i > 0; --i) {
        const std::string& line = lines.at(random() % lines.size());
        if (std::ranges::count(wanted, line) == 0) wanted.push_back(line);
      }
      const auto outcome = ask(number, wanted, hours(24)).value();
      if (const auto* id = std::get_if<WaiterId>(&outcome)) since[*id] = now_;
    } else if (random() % 100 == 0) {
      for (const WaiterId id : waiting_.leave(client(number).name)) since.erase(id);
      note(serve());
    }
  }
  EXPECT_GT(served_in_all, 1000U);
  EXPECT_LT(longest, hours(2)) << "with a client leaving about every two seconds";
}

/// What one of three clients can do with three lines: ask for any of them, waiting or not, or go.
struct Act {
  std::size_t client;
  unsigned lines;  // a bit a line; 0: go
};

class EveryStory : public Crowd {
 protected:
  static constexpr std::size_t kClients = 3;
  static constexpr unsigned kSubsets = 8;

  static Specs specs_of(unsigned lines) {
    static const std::array<std::string, 3> kLines{"GPIO4", "GPIO17", "EXP3"};
    Specs specs;
    for (std::size_t i = 0; i < kLines.size(); ++i) {
      if ((lines >> i & 1U) != 0) specs.push_back(kLines.at(i));
    }
    return specs;
  }

  void act(const Act& what) {
    if (what.lines == 0) {
      (void)waiting_.leave(client(what.client).name);
      (void)broker_.goodbye(client(what.client).name, now_);
    } else {
      (void)ask(what.client, specs_of(what.lines), hours(1));
    }
    (void)serve();
  }

  /// Everybody goes: nobody may be left waiting, and nothing may be left driven.
  void send_everybody_home() {
    for (std::size_t number = 0; number < kClients; ++number) act({.client = number, .lines = 0});
    EXPECT_THAT(broker_.queue().all(), testing::IsEmpty());
    EXPECT_THAT(broker_.leases().all(), testing::IsEmpty());
    EXPECT_EQ(broker_.held().request_count(), 0U);
    for (const LineId line : {kGpio4, kGpio17, kExp3}) EXPECT_TRUE(is_safe(line));
  }
};

TEST_F(EveryStory, OfThreeClientsAndThreeLinesEndsWithAllOfThemFreeAndSafe) {
  constexpr unsigned kActs = kClients * kSubsets;
  constexpr unsigned kSteps = 3;  // what comes of more, model/ looks at: every state once
  unsigned stories = 1;
  for (unsigned i = 0; i < kSteps; ++i) stories *= kActs;
  for (unsigned story = 0; story < stories; story += 1) {
    if (story % kActs >= kSubsets) continue;  // who begins is the first client, whoever that is
    for (unsigned rest = story, i = 0; i < kSteps; ++i, rest /= kActs) {
      const unsigned number = rest % kActs;
      act({.client = number / kSubsets, .lines = number % kSubsets});
    }
    send_everybody_home();
    ASSERT_FALSE(HasFailure()) << "story " << story;
  }
}

}  // namespace
}  // namespace gpiobroker::test
