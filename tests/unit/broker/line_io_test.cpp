// SPDX-License-Identifier: GPL-2.0-or-later
// Reading, driving and reconfiguring the lines of a lease.
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

class AccessToALease : public BrokerTest {
 protected:
  AccessToALease() { record(); }

  core::Result<void> set(const std::vector<core::LineWithValue<std::string>>& values) {
    return access_.set_values(kAlice, lease_, values, kNow);
  }

  core::Result<void> reconfigure(const Specs& lines, const core::SettingsChange& change) {
    return access_.reconfigure(kAlice, lease_, {lines, change}, kNow);
  }

  /// "GPIO17=1 EXP3=0", or the message of the refusal.
  std::string read(const Specs& lines) {
    const auto values = access_.get_values(kAlice, lease_, lines);
    if (!values) return values.error().message;
    std::string words;
    for (const auto& each : *values) {
      words += (words.empty() ? "" : " ") + each.line;
      words += each.value == Value::active ? "=1" : "=0";
    }
    return words;
  }

  LeaseId lease_ = lease(kAlice, {"GPIO17", "GPIO27", "EXP3"});
};

TEST_F(AccessToALease, ReadsAllItsLinesInTheOrderOfTheLease) {
  EXPECT_EQ(read({}), "GPIO17=1 GPIO27=1 EXP3=1");
}

TEST_F(AccessToALease, ReadsTheLinesThatAreNamedUnderTheNamesTheyAreGiven) {
  EXPECT_EQ(read({"EXP3", "J8:11"}), "EXP3=1 J8:11=1");
}

TEST_F(AccessToALease, ReadsNoOtherLine) {
  EXPECT_EQ(read({"GPIO17", "GPIO4"}), "line 'GPIO4' is not in lease 1");
  EXPECT_THAT(access_.get_values(kAlice, lease_, {"fan"}), RefusedFor(Reason::no_such_line));
}

TEST_F(AccessToALease, DrivesTheLinesThatAreNamed) {
  ASSERT_THAT(set({{"J8:11", Value::inactive}, {"EXP3", Value::inactive}}), Succeeds());
  EXPECT_THAT(record(), ElementsAre("set GPIO17=0", "set EXP3=0"));
  EXPECT_EQ(read({}), "GPIO17=0 GPIO27=1 EXP3=0");
}

TEST_F(AccessToALease, DrivesAGroupInOneStep) {
  ASSERT_THAT(set({{"GPIO27", Value::inactive}, {"GPIO17", Value::inactive}}), Succeeds());
  EXPECT_THAT(record(), ElementsAre("set GPIO27=0 GPIO17=0"));
}

TEST_F(AccessToALease, DrivesNothingIfOneLineCannotBe) {
  ASSERT_THAT(reconfigure({"GPIO27"}, {.direction = core::Direction::input}), Succeeds());
  record();
  EXPECT_THAT(set({}), RefusedFor(Reason::no_lines));
  EXPECT_THAT(set({{"GPIO17", Value::inactive}, {"GPIO27", Value::inactive}}),
              RefusedFor(Reason::not_an_output, "line 'GPIO27' is not an output"));
  EXPECT_THAT(set({{"GPIO17", Value::inactive}, {"GPIO4", Value::inactive}}),
              RefusedFor(Reason::not_in_lease));
  EXPECT_THAT(record(), IsEmpty());
}

TEST_F(AccessToALease, DrivesNoLineToTwoLevelsAtOnce) {
  EXPECT_THAT(set({{"GPIO17", Value::inactive}, {"J8:11", Value::active}}),
              RefusedFor(Reason::duplicate_line));
}

TEST_F(AccessToALease, IsForItsHolderAndRootAlone) {
  for (const LeaseId id : {lease_, LeaseId{4711}}) {
    EXPECT_THAT(access_.get_values(kBob, id, {}), RefusedFor(Reason::no_such_lease));
    EXPECT_THAT(access_.set_values(kBob, id, {{"GPIO17", Value::inactive}}, kNow),
                RefusedFor(Reason::no_such_lease));
    EXPECT_THAT(access_.reconfigure(kBob, id, {{}, {}}, kNow), RefusedFor(Reason::no_such_lease));
  }
  EXPECT_THAT(record(), IsEmpty());
  EXPECT_THAT(access_.get_values(kRoot, lease_, {}), Succeeds());
}

TEST_F(AccessToALease, EndsWithIt) {
  release(kAlice, lease_, {"GPIO17"});
  EXPECT_THAT(set({{"GPIO17", Value::active}}), RefusedFor(Reason::not_in_lease));
  release(kAlice, lease_);
  EXPECT_THAT(set({{"GPIO27", Value::active}}), RefusedFor(Reason::no_such_lease));
}

TEST_F(AccessToALease, ReconfiguresAllLinesOrThoseThatAreNamed) {
  ASSERT_THAT(reconfigure({"GPIO27"}, {.direction = core::Direction::input}), Succeeds());
  EXPECT_EQ(info(kGpio27).settings.direction, core::Direction::input);
  EXPECT_TRUE(pin(kGpio17).high);
  ASSERT_THAT(reconfigure({}, {.bias = core::Bias::pull_up}), Succeeds());
  for (const LineId line : {kGpio17, kGpio27, kExp3}) {
    EXPECT_EQ(info(line).settings.bias, core::Bias::pull_up);
  }
}

TEST_F(AccessToALease, KeepsTheLevelThatWasDrivenLast) {
  ASSERT_THAT(set({{"GPIO17", Value::inactive}}), Succeeds());
  ASSERT_THAT(reconfigure({"GPIO17"}, {.bias = core::Bias::pull_up}), Succeeds());
  EXPECT_FALSE(pin(kGpio17).high);
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(AccessToALease, NotesTheNewSettingsInTheLease) {
  ASSERT_THAT(reconfigure({"GPIO27"}, {.direction = core::Direction::input}), Succeeds());
  EXPECT_EQ(broker_.leases().find(lease_)->lines.at(1).settings, kInput);
  EXPECT_EQ(broker_.leases().find(lease_)->lines.at(0).settings, kHigh);
}

TEST_F(AccessToALease, ReconfiguresNothingIfTheSettingsDoNotGoTogether) {
  EXPECT_THAT(reconfigure({}, {.edge = core::Edge::both}),
              RefusedFor(Reason::invalid_setting, "edge 'both' needs direction input"));
  EXPECT_THAT(record(), IsEmpty());
}

TEST_F(AccessToALease, GivesLinesTheirEarlierSettingsBackIfTheChipRefuses) {
  expander_.faults().fail_line(Operation::configure, kExp3.offset, Reason::unsupported);
  EXPECT_THAT(reconfigure({}, {.direction = core::Direction::input}),
              RefusedFor(Reason::unsupported));
  for (const LineId line : {kGpio17, kGpio27, kExp3}) {
    EXPECT_TRUE(pin(line).driven && pin(line).high);
  }
  EXPECT_EQ(broker_.leases().find(lease_)->lines.at(0).settings, kHigh);
}

TEST_F(AccessToALease, PassesOnWhyTheChipRefuses) {
  pi_.faults().fail_line(kGpio17.offset, Reason::chip_gone);
  EXPECT_THAT(set({{"GPIO17", Value::active}}), RefusedFor(Reason::chip_gone));
  EXPECT_THAT(access_.get_values(kAlice, lease_, {}), RefusedFor(Reason::chip_gone));
}

}  // namespace
}  // namespace gpiobroker::test
