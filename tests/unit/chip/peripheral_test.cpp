// SPDX-License-Identifier: GPL-2.0-or-later
// A pin that serves a peripheral goes on serving it, whatever is asked of its line and of others.
#include "core/broker/broker.h"
#include "unit/broker/broker_fixture.h"
#include "unit/chip/fake_ledger.h"

namespace gpiobroker::test {
namespace {

constexpr const char* kUart = "alt5 of fe215040.serial";

const Client kAdministrator{
    .name = {":1.9"}, .uid = 0, .pid = 9, .unit = "", .command = "sh", .gids = {0}};

/// GPIO4 serves a UART; the test tells it by what the pin is switched to.
class APinThatServes : public BrokerTest {
 protected:
  APinThatServes() { pi_.switch_pin(kGpio4.offset, kUart); }

  void TearDown() override { EXPECT_EQ(served(), serves_until_the_end_); }

  [[nodiscard]] bool served() const { return pi_.pin_use(kGpio4.offset).function == kUart; }

  /// A request for GPIO4 and other lines that says that it wants it all the same.
  core::Result<LeaseId> take(const Client& holder, const Specs& lines = {"GPIO4"}) {
    core::AcquireRequest request;
    request.take_from_peripheral = true;
    for (const std::string& line : lines) request.lines.push_back({line, kHigh});
    return broker_.acquire(holder, request, kNow);
  }

  core::Result<LeaseId> acquire_as(core::Access access, const Specs& lines) {
    core::AcquireRequest request;
    request.access = access;
    for (const std::string& line : lines) {
      request.lines.push_back({line, access == core::Access::observe ? LineSettings{} : kInput});
    }
    return broker_.acquire(kAlice, request, kNow);
  }

  void park_everything() {
    core::SafeStates states;
    for (std::uint32_t offset = 0; offset < 54; ++offset) {
      states.set({kGpio4.chip, Offset{offset}}, {.park = true});
    }
    change_ = broker_.parking().set_safe_states(states, kNow).value();
  }

  bool serves_until_the_end_ = true;
  core::Change change_;
};

TEST_F(APinThatServes, IsNotReadButNamedWithItsFunction) {
  EXPECT_THAT(access_.read_lines(kCarol, {"GPIO4"}),
              RefusedFor(Reason::serves_peripheral, "'GPIO4' serves a peripheral, as alt5 of"));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(APinThatServes, KeepsOthersOfItsReadUntouched) {
  EXPECT_THAT(access_.read_lines(kCarol, {"GPIO17", "EXP3", "GPIO4"}),
              RefusedFor(Reason::serves_peripheral));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(APinThatServes, IsLeasedByNoRequestThatDoesNotSaySo) {
  EXPECT_THAT(acquire(kAlice, {"GPIO17", "GPIO4"}, kHigh),
              RefusedFor(Reason::serves_peripheral, "take-from-peripheral"));
  EXPECT_THAT(acquire(kAdministrator, {"GPIO4"}, {}), RefusedFor(Reason::serves_peripheral));
  EXPECT_THAT(acquire_as(core::Access::shared, {"GPIO4"}), RefusedFor(Reason::serves_peripheral));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(APinThatServes, IsNotTouchedByARequestThatIsRefusedForAnotherLine) {
  pi_.use_from_outside(kGpio17.offset, "another");
  EXPECT_FALSE(acquire(kAlice, {"GPIO4", "GPIO17"}, kHigh));
  lease(kBob, {"GPIO22"});
  record();
  EXPECT_FALSE(acquire(kAlice, {"GPIO4", "GPIO22"}, kHigh));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(APinThatServes, IsNotWaitedFor) {
  lease(kBob, {"GPIO22"});
  core::AcquireRequest request;
  request.wait = std::chrono::seconds(5);
  for (const char* line : {"GPIO22", "GPIO4"}) request.lines.push_back({line, kHigh});
  EXPECT_THAT(broker_.waiting().acquire(kAlice, request, kNow),
              RefusedFor(Reason::serves_peripheral));
}

TEST_F(APinThatServes, IsNotObserved) {
  EXPECT_THAT(acquire_as(core::Access::observe, {"GPIO4"}), RefusedFor(Reason::serves_peripheral));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(APinThatServes, IsNotReadByWhoObservedItBefore) {
  pi_.switch_pin(kGpio4.offset, "");
  const LeaseId lease = acquire_as(core::Access::observe, {"GPIO4"}).value();
  pi_.switch_pin(kGpio4.offset, kUart);
  record();
  EXPECT_THAT(access_.get_values(kAlice, lease, {}), RefusedFor(Reason::serves_peripheral));
  (void)broker_.line_io().start_edges(kAlice, lease, kNow);
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(APinThatServes, IsNotParkedAndTheOthersAre) {
  park_everything();
  ASSERT_EQ(change_.park_failures.size(), 1U);
  EXPECT_EQ(change_.park_failures.front().line, kGpio4);
  EXPECT_THAT(change_.park_failures.front().why, testing::HasSubstr(kUart));
  EXPECT_TRUE(broker_.held().holds(kGpio17));
}

TEST_F(APinThatServes, IsNotSweptThoughAnEarlierBrokerHadIt) {
  core::SafeStates left;
  for (const LineId line : {kGpio4, kGpio17}) left.set(line, {});
  FakeLedger ledger(record_);
  core::Broker successor(board_, ledger, {.next_lease = LeaseId{3}, .lines = left.chosen()});
  ledger.written = {.next_lease = LeaseId{3}, .lines = left.chosen()};
  const core::Sweep done = successor.startup_sweep().sweep(left, kNow);
  EXPECT_THAT(done.reset, ElementsAre(kGpio17));
  EXPECT_EQ(done.unswept.size(), 1U);
  EXPECT_THAT(ledger.written.lines, IsEmpty());
}

TEST_F(APinThatServes, IsSweptIfItWasTakenFromADriverThatStillClaimsIt) {
  pi_.claim_pin(kGpio22.offset, "alt3 of fe201000.serial");
  pi_.leave(kGpio22.offset, kHigh);
  core::SafeStates left;
  left.set(kGpio22, {});
  FakeLedger ledger(record_);
  core::Broker successor(board_, ledger, {.next_lease = LeaseId{3}, .lines = left.chosen()});
  EXPECT_THAT(successor.startup_sweep().sweep(left, kNow).reset, ElementsAre(kGpio22));
  EXPECT_TRUE(is_safe(kGpio22));
}

TEST_F(APinThatServes, IsTakenByRootThatSaysSoAndResetAtTheEnd) {
  serves_until_the_end_ = false;
  EXPECT_THAT(take(kAdministrator, {"GPIO4", "GPIO17"}), Succeeds());
  EXPECT_TRUE(pin(kGpio4).driven);
  broker_.goodbye(kAdministrator.name, kNow);
  EXPECT_TRUE(is_safe(kGpio4));
  EXPECT_FALSE(info(kGpio4).used);
}

TEST_F(APinThatServes, IsTakenByNobodyElseUnlessARuleAllowsIt) {
  EXPECT_THAT(take(kAlice), RefusedFor(Reason::denied, "may not take-from-peripheral"));
  EXPECT_THAT(changes(), IsEmpty());
  serves_until_the_end_ = false;
  broker_.set_policy(
      core::Policy({.rules = {{.name = "uart",
                               .users = {kAlice.uid},
                               .groups = {},
                               .units = {},
                               .lines = {},
                               .verbs = {core::Verb::lease, core::Verb::take_from_peripheral},
                               .allow = true}},
                    .lines = {},
                    .aliases = {},
                    .quotas = {},
                    .defaults = {}}));
  EXPECT_THAT(take(kAlice), Succeeds());
}

TEST_F(APinThatServes, IsTakenByNobodyWhoMayNotLeaseIt) {
  EXPECT_THAT(take(kCarol), RefusedFor(Reason::denied, "may not lease"));
  broker_.set_policy(core::Policy(
      {.rules = {},
       .lines = {{.match = {core::LinePattern::parse("GPIO4").value()}, .is_protected = true}},
       .aliases = {},
       .quotas = {},
       .defaults = {}}));
  EXPECT_THAT(take(kAdministrator), RefusedFor(Reason::denied, "protected"));
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(APinThatServes, TakesNoRightOfWhoAsksForOthersInTheSameWay) {
  EXPECT_THAT(take(kAlice, {"GPIO17"}), Succeeds());
}

TEST_F(APinThatServes, CannotBeTakenByWhoOnlyLooks) {
  core::AcquireRequest request;
  request.access = core::Access::observe;
  request.take_from_peripheral = true;
  request.lines.push_back({"GPIO4", {}});
  EXPECT_THAT(broker_.acquire(kAdministrator, request, kNow), RefusedFor(Reason::invalid_setting));
}

TEST_F(APinThatServes, IsItsHoldersOnceItWasTaken) {
  serves_until_the_end_ = false;
  pi_.claim_pin(kGpio4.offset, kUart);
  const LeaseId lease = take(kAdministrator).value();
  EXPECT_THAT(access_.read_lines(kCarol, {"GPIO4"}), Succeeds());
  EXPECT_THAT(acquire_as(core::Access::observe, {"GPIO4"}), Succeeds());
  EXPECT_THAT(acquire(kAlice, {"GPIO4"}, kInput), RefusedFor(Reason::busy));
  release(kAdministrator, lease);
  EXPECT_TRUE(is_safe(kGpio4));
  pi_.claim_pin(kGpio4.offset, "");
}

TEST_F(APinThatServes, IsNotTakenFromADriverThatHasOnlyClaimedIt) {
  pi_.claim_pin(kGpio22.offset, "i2c1 of fe804000.i2c");
  EXPECT_THAT(acquire(kAlice, {"GPIO22"}, kInput), RefusedFor(Reason::serves_peripheral, "i2c1"));
}

}  // namespace
}  // namespace gpiobroker::test
