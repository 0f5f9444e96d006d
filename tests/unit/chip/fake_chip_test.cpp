// SPDX-License-Identifier: GPL-2.0-or-later
// The fake chip fails and lies as it is told to; what it does otherwise is in tests/contract.
#include "support/fake_chip.h"

#include "support/must.h"
#include "unit/chip/board_fixture.h"

namespace gpiobroker::test {
namespace {

class AFakeChip : public BoardTest {
 protected:
  void SetUp() override {
    request_ = std::move(chip().request(lines_, "test").value());
    record();
  }

  core::Chip& chip() { return board_.chips().at(kGpio17.chip); }

  core::Result<void> configure(const LineSettings& settings) {
    std::vector<core::LineWithSettings<core::Offset>> setups;
    for (const Offset line : lines_) setups.push_back({line, settings});
    return request_->configure(setups);
  }

  const std::vector<Offset> lines_{kGpio4.offset, kGpio17.offset, kGpio27.offset};
  std::unique_ptr<core::LineRequest> request_;
};

TEST_F(AFakeChip, RecordsWhatIsDoneInWords) {
  must(configure({.direction = core::Direction::input,
                  .edge = core::Edge::both,
                  .bias = core::Bias::pull_up,
                  .active_low = true,
                  .debounce = std::chrono::microseconds(50)}));
  must(configure(core::kSafeInput));
  must(configure({}));
  (void)request_->set(
      std::vector<core::LineWithValue<core::Offset>>{{kGpio17.offset, Value::active}});
  (void)request_->get(lines_);
  (void)chip().line_info(kGpio4.offset);
  request_.reset();
  const std::string button = "input pull-up edge-both active-low debounce-50";
  EXPECT_THAT(record(),
              ElementsAre("configure GPIO4 " + button + ", GPIO17 " + button + ", GPIO27 " + button,
                          "configure GPIO4 safe, GPIO17 safe, GPIO27 safe",
                          "configure GPIO4 as-is, GPIO17 as-is, GPIO27 as-is", "set GPIO17=1 fails",
                          "get GPIO4 GPIO17 GPIO27", "info GPIO4", "close GPIO4 GPIO17 GPIO27"));
}

TEST_F(AFakeChip, StopsAtTheFirstLineThatFails) {
  pi_.faults().fail_line(Operation::configure, kGpio17.offset, Reason::unsupported);
  EXPECT_THAT(configure(kHigh), RefusedFor(Reason::unsupported));
  EXPECT_TRUE(pin(kGpio4).driven);
  EXPECT_FALSE(pin(kGpio17).driven);
  EXPECT_FALSE(pin(kGpio27).driven);
}

TEST_F(AFakeChip, DoesNotStopAtALineThatIsLeftAlone) {
  pi_.faults().fail_line(kGpio17.offset, Reason::hardware_failure);
  EXPECT_THAT(request_->configure(std::vector<core::LineWithSettings<core::Offset>>{
                  {kGpio4.offset, kHigh}, {kGpio17.offset, {}}, {kGpio27.offset, kHigh}}),
              Succeeds());
  EXPECT_TRUE(pin(kGpio27).driven);
}

TEST_F(AFakeChip, FailsTheNthOperationAlone) {
  pi_.faults().fail_nth(2, {.reason = Reason::permission});
  EXPECT_THAT(configure(kHigh), Succeeds());
  EXPECT_THAT(configure(kLow), RefusedFor(Reason::permission));
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_THAT(configure(kLow), Succeeds());
}

TEST_F(AFakeChip, FailsFromTheNthOperationOnUntilItIsMended) {
  pi_.faults().fail_from_nth(1);
  EXPECT_THAT(configure(kHigh), RefusedFor(Reason::hardware_failure));
  EXPECT_THAT(request_->get(lines_), RefusedFor(Reason::hardware_failure));
  EXPECT_THAT(chip().line_info(kGpio4.offset), RefusedFor(Reason::hardware_failure));
  pi_.faults().mend();
  EXPECT_THAT(configure(kHigh), Succeeds());
}

TEST_F(AFakeChip, MayDoItsWorkAndSayThatItFailed) {
  pi_.faults().fail_nth(1, {.effect = Effect::done});
  EXPECT_THAT(configure(kHigh), RefusedFor(Reason::hardware_failure));
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(AFakeChip, FailsForALineAndNoOther) {
  pi_.faults().fail_line(kGpio17.offset, Reason::hardware_failure);
  EXPECT_THAT(request_->get(lines_), RefusedFor(Reason::hardware_failure));
  EXPECT_THAT(request_->get(std::vector{kGpio4.offset}), Succeeds());
  pi_.faults().mend_line(kGpio17.offset);
  EXPECT_THAT(request_->get(lines_), Succeeds());
}

TEST_F(AFakeChip, LiesAboutSettingsAndAboutNothingElse) {
  pi_.lie(kGpio17.offset, kHigh);
  EXPECT_EQ(chip().line_info(kGpio17.offset)->settings, kHigh);
  EXPECT_EQ(chip().line_info(kGpio17.offset)->name, "GPIO17");
  EXPECT_FALSE(pin(kGpio17).driven);
  pi_.stop_lying();
  EXPECT_EQ(chip().line_info(kGpio17.offset)->settings.direction, core::Direction::input);
}

TEST_F(AFakeChip, KeepsDrivingOnReleaseUnlessItIsToldNotTo) {
  must(configure(kHigh));
  request_.reset();
  EXPECT_TRUE(pin(kGpio17).driven);
  SetUp();
  pi_.stop_driving_on_release();
  request_.reset();
  EXPECT_FALSE(pin(kGpio17).driven);
}

}  // namespace
}  // namespace gpiobroker::test
