// SPDX-License-Identifier: GPL-2.0-or-later
// What every chip promises of taking lines and giving them back.
#include "contract/chip_contract.h"

namespace gpiobroker::test {
namespace {

using core::Reason;

TEST_P(AChip, SaysWhatItIs) {
  EXPECT_TRUE(chip().info().name.starts_with("gpiochip")) << chip().info().name;
  EXPECT_EQ(chip().info().label, kLabel);
  EXPECT_EQ(chip().info().line_count, kLineCount);
}

TEST_P(AChip, SaysWhatItsLinesAre) {
  EXPECT_EQ(info(Offset{0}).name, "ID_SDA");
  EXPECT_EQ(info(kGpio17).name, "GPIO17");
  EXPECT_EQ(info(Offset{69}).name, "");
  EXPECT_FALSE(info(kGpio17).used);
  EXPECT_EQ(info(kGpio17).consumer, "");
}

TEST_P(AChip, HasNoLineBeyondItsLast) {
  refused(chip().line_info(Offset{kLineCount}), Reason::unsupported);
  refused(chip().request(std::vector{kGpio17, Offset{kLineCount}}, "contract"),
          Reason::unsupported);
  EXPECT_FALSE(info(kGpio17).used);
}

TEST_P(AChip, ShowsWhoHoldsALine) {
  const auto request = take({kGpio17, kGpio27}, "blink");
  EXPECT_TRUE(info(kGpio17).used);
  EXPECT_EQ(info(kGpio27).consumer, "blink");
}

TEST_P(AChip, CutsALongConsumer) {
  const auto request = take({kGpio17}, "a-consumer-of-32-bytes-and-more!!");
  EXPECT_EQ(info(kGpio17).consumer, "a-consumer-of-32-bytes-and-more");
}

TEST_P(AChip, IsTakenAsAnInputIfItIsOne) {
  bench_->drive(kGpio17, true);
  const auto request = take({kGpio17});
  EXPECT_EQ(settings(kGpio17).direction, core::Direction::input);
  EXPECT_EQ(settings(kGpio17).bias, core::Bias::unknown);
  EXPECT_TRUE(bench_->is_high(kGpio17));
}

TEST_P(AChip, IsTakenAsAnOutputIfItIsOne) {
  take_as(kGpio17, kHigh).reset();
  const auto request = take({kGpio17});
  EXPECT_EQ(settings(kGpio17).direction, core::Direction::output);
}

TEST_P(AChip, NamesTheConsumerOfALineInUse) {
  const auto other = take({kGpio4}, "w1");
  const auto message = refused(chip().request(std::vector{kGpio4}, "contract"), Reason::in_use);
  EXPECT_EQ(message,
            "line " + chip().info().name + ":4 'GPIO4' is in use outside the broker by 'w1'");
}

TEST_P(AChip, NamesTheFirstOfSeveralLinesInUse) {
  const auto one = take({kGpio27}, "lirc");
  const auto other = take({kGpio4}, "w1");
  const std::vector wanted{kGpio17, kGpio27, kGpio4};
  const auto message = refused(chip().request(wanted, "contract"), Reason::in_use);
  EXPECT_NE(message.find("'GPIO27' is in use outside the broker by 'lirc'"), std::string::npos)
      << message;
}

TEST_P(AChip, TakesNoLineIfOneIsInUse) {
  const auto other = take({kGpio27}, "lirc");
  refused(chip().request(std::vector{kGpio4, kGpio17, kGpio27}, "contract"), Reason::in_use);
  EXPECT_FALSE(info(kGpio4).used);
  EXPECT_FALSE(info(kGpio17).used);
}

TEST_P(AChip, GivesItsLinesBackWithTheirRequest) {
  take({kGpio17, kGpio27}).reset();
  EXPECT_FALSE(info(kGpio17).used);
  EXPECT_EQ(info(kGpio17).consumer, "");
  take({kGpio27, kGpio17});
}

TEST_P(AChip, TakesALineOnlyOnceInARequest) {
  refused(chip().request(std::vector{kGpio17, kGpio4, kGpio17}, "contract"), Reason::unsupported);
  EXPECT_FALSE(info(kGpio4).used);
}

TEST_P(AChip, TakesAtLeastOneLine) {
  refused(chip().request({}, "contract"), Reason::unsupported);
}

TEST_P(AChip, TakesSixtyFourLines) {
  const auto request = take(first_lines(64));
  EXPECT_TRUE(info(Offset{63}).used);
}

TEST_P(AChip, TakesNoSixtyFive) {
  const auto message = refused(chip().request(first_lines(65), "contract"), Reason::unsupported);
  EXPECT_NE(message.find("64"), std::string::npos) << message;
  EXPECT_FALSE(info(Offset{0}).used);
}

TEST_P(ARemovableChip, SaysThatItIsGoneOnceItWasUnplugged) {
  const auto request = take({kGpio17});
  bench_->unplug();
  const std::vector setups{LineWithSettings{kGpio17, core::kSafeInput}};
  refused(request->configure(setups), Reason::chip_gone);
  refused(request->get(std::vector{kGpio17}), Reason::chip_gone);
  refused(request->set(std::vector{LineWithValue{kGpio17, core::Value::active}}),
          Reason::chip_gone);
  refused(chip().line_info(kGpio17), Reason::chip_gone);
  refused(chip().request(std::vector{kGpio27}, "contract"), Reason::chip_gone);
}

}  // namespace
}  // namespace gpiobroker::test
