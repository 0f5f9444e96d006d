// SPDX-License-Identifier: GPL-2.0-or-later
// All lines with all their settings, or nothing: whatever fails, and whenever it does.
#include "core/chip/acquisition.h"

#include "core/line/vocabulary.h"
#include "support/must.h"
#include "unit/chip/board_fixture.h"

namespace gpiobroker::test {
namespace {

using Wanted = std::vector<core::LineWithSettings<core::LineId>>;

const Wanted kWanted{{kGpio4, kHigh}, {kGpio17, kInput}, {kExp3, kHigh}};

class AnAcquisition : public BoardTest {
 protected:
  AnAcquisition() { pi_.leave(kGpio17.offset, kHigh); }

  core::Result<void> acquire(const Wanted& wanted) {
    stuck_.clear();
    const auto found = core::take_as_found(held_, wanted, {.consumer = "test"});
    if (!found) return core::Refused(found.error());
    auto [done, stuck] = core::configure_or_put_back(held_, {}, wanted, *found);
    stuck_ = std::move(stuck);
    return done;
  }

  /// Acquires while the chip fails its nth operation; false if it got that far without. Puts the
  /// lines back by hand then.
  bool failing_nth(FakeChip& chip, std::uint64_t n) {
    const auto nth = chip.faults().operation_count() + n;
    chip.faults().fail_nth(n);
    const auto done = acquire(kWanted);
    chip.faults().mend();
    if (!done) return true;
    EXPECT_LT(chip.faults().operation_count(), nth) << "a failure that nobody noticed";
    must(held_.configure(Wanted{{kGpio17, kHigh}, {kGpio4, kInput}, {kExp3, kInput}}));
    held_.give_back(std::vector{kGpio4, kGpio17, kExp3});
    return false;
  }

  /// What a voltmeter says of the pins.
  std::string pins() {
    std::string words;
    for (const LineId line : {kGpio4, kGpio17, kGpio27, kExp3}) {
      const auto [driven, high, pull] = pin(line);
      words += std::string(driven ? "driven " : "input ") + (high ? "high " : "low ") +
               std::string(to_word(pull)) + "; ";
    }
    return words;
  }

  core::HeldLines held_{board_.chips()};
  std::vector<core::FailedReset> stuck_;
};

TEST_F(AnAcquisition, TakesEveryLineOnEveryChipBeforeItChangesOne) {
  EXPECT_THAT(acquire(kWanted), Succeeds());
  EXPECT_THAT(changes(),
              ElementsAre("request GPIO4 GPIO17", "request EXP3",
                          "configure GPIO4 output=1, GPIO17 input", "configure EXP3 output=1"));
}

TEST_F(AnAcquisition, ChangesNothingIfALineOfTheSecondChipIsInUse) {
  expander_.use_from_outside(kExp3.offset, "fan");
  const auto before = pins();
  EXPECT_THAT(acquire(kWanted), RefusedFor(Reason::in_use, "gpiochip1:3 'EXP3'"));
  EXPECT_EQ(pins(), before);
  EXPECT_THAT(changes(), ElementsAre("request GPIO4 GPIO17", "request EXP3 fails"));
}

TEST_F(AnAcquisition, ClosesTheRequestsOfInputsThatItCouldNotHave) {
  expander_.use_from_outside(kExp3.offset, "fan");
  EXPECT_THAT(acquire({{kGpio4, kHigh}, {kExp3, kHigh}}), RefusedFor(Reason::in_use));
  EXPECT_THAT(changes(), ElementsAre("request GPIO4", "request EXP3 fails", "close GPIO4"));
}

TEST_F(AnAcquisition, PutsLinesBackAsTheyWereFound) {
  const LineSettings impossible{.direction = core::Direction::input,
                                .edge = core::Edge::both,
                                .event_clock = core::EventClock::hte};
  const auto before = pins();
  EXPECT_THAT(acquire({{kGpio4, kHigh}, {kGpio17, kInput}, {kExp3, impossible}}),
              RefusedFor(Reason::unsupported));
  EXPECT_EQ(pins(), before);
  EXPECT_THAT(stuck_, IsEmpty());
  EXPECT_FALSE(held_.in_use(kGpio4));
  EXPECT_FALSE(held_.holds(kExp3));
}

TEST_F(AnAcquisition, ChangesNothingWhicheverOperationFails) {
  const auto before = pins();
  std::uint64_t failures = 0;
  for (FakeChip* chip : {&pi_, &expander_}) {
    for (std::uint64_t n = 1; failing_nth(*chip, n); ++n) {
      ++failures;
      EXPECT_EQ(pins(), before) << "operation " << n << " of " << chip->line(Offset{0}).name;
      EXPECT_THAT(stuck_, IsEmpty());
      for (const LineId line : {kGpio4, kGpio17, kExp3}) EXPECT_FALSE(held_.in_use(line));
    }
  }
  EXPECT_GE(failures, 6U);
}

TEST_F(AnAcquisition, PutsBackALineThatWasIdleWithUs) {
  ASSERT_THAT(acquire({{kGpio4, kHigh}, {kGpio27, kHigh}}), Succeeds());
  must(held_.configure(Wanted{{kGpio27, core::kSafeInput}}));
  held_.give_back(std::vector{kGpio27});
  expander_.faults().fail_nth(3);
  const auto before = pins();
  EXPECT_THAT(acquire({{kGpio27, kHigh}, {kExp3, kHigh}}), RefusedFor(Reason::hardware_failure));
  EXPECT_EQ(pins(), before);
  EXPECT_EQ(held_.applied(kGpio27), core::kSafeInput);
}

/// The expander fails its nth operation, of which the third is what configures it.
TEST_F(AnAcquisition, DrivesNoLineBackThatWasSaidToBeAnOutputWhileNobodyHeldIt) {
  pi_.lie_while_free(kGpio4.offset, kHigh);
  expander_.faults().fail_nth(3);
  EXPECT_THAT(acquire({{kGpio4, kHigh}, {kExp3, kHigh}}), RefusedFor(Reason::hardware_failure));
  EXPECT_FALSE(pin(kGpio4).driven) << testing::PrintToString(record());
}

TEST_F(AnAcquisition, LeavesNoPullOfItsOwnBehind) {
  LineSettings pulled = kInput;
  pulled.bias = core::Bias::pull_up;
  expander_.faults().fail_nth(3);
  EXPECT_THAT(acquire({{kGpio4, pulled}, {kExp3, kHigh}}), RefusedFor(Reason::hardware_failure));
  EXPECT_TRUE(is_safe(kGpio4)) << testing::PrintToString(record());
}

TEST_F(AnAcquisition, ResetsALineThatItCannotPutBack) {
  expander_.faults().fail_from_nth(3);
  pi_.faults().fail_nth(7, {.effect = Effect::none});
  EXPECT_THAT(acquire({{kGpio4, kHigh}, {kExp3, kHigh}}), RefusedFor(Reason::hardware_failure));
  EXPECT_TRUE(is_safe(kGpio4)) << testing::PrintToString(record());
}

TEST_F(AnAcquisition, HoldsOnToALineThatItCanNeitherPutBackNorReset) {
  expander_.faults().fail_nth(3);
  pi_.faults().fail_from_nth(4);
  EXPECT_THAT(acquire({{kGpio4, kHigh}, {kExp3, kHigh}}), RefusedFor(Reason::hardware_failure));
  ASSERT_EQ(stuck_.size(), 1U) << testing::PrintToString(record());
  EXPECT_EQ(stuck_.front().line, kGpio4);
  EXPECT_TRUE(pin(kGpio4).driven);
  EXPECT_TRUE(held_.in_use(kGpio4));
  EXPECT_FALSE(held_.holds(kExp3));
}

TEST_F(AnAcquisition, LeavesALineAsItIsIfNothingElseIsAskedFor) {
  const auto before = pins();
  EXPECT_THAT(acquire({{kGpio17, {}}, {kGpio4, {}}}), Succeeds());
  EXPECT_EQ(pins(), before);
}

}  // namespace
}  // namespace gpiobroker::test
