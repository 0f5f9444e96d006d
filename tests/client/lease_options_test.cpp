// SPDX-License-Identifier: GPL-2.0-or-later
// What `set` and `hold` ask the broker for.
#include "cli/lease_options.h"

#include <gtest/gtest.h>
#include <CLI/CLI.hpp>

namespace gpiobroker::cli {
namespace {

class TheLeaseOptions : public testing::Test {
 protected:
  LeaseOptions parse(const std::string& words, LineValues values = LineValues::optional) {
    CLI::App app;
    Action chosen;
    Verb verb(app, chosen);
    LeaseOptions options;
    add_lease_options(verb, options, values);
    app.parse(words);
    return options;
  }
};

TEST_F(TheLeaseOptions, MakeALineWithAValueAnOutputAndOneWithoutAnInput) {
  const auto lines = wanted(parse("GPIO17=1 GPIO27"));
  ASSERT_EQ(lines.size(), 2);
  EXPECT_EQ(lines[0].line, "GPIO17");
  EXPECT_EQ(lines[0].settings.direction, Direction::output);
  EXPECT_EQ(lines[0].settings.value, true);
  EXPECT_EQ(lines[1].line, "GPIO27");
  EXPECT_EQ(lines[1].settings.direction, Direction::input);
  EXPECT_EQ(lines[1].settings.value, std::nullopt);
}

TEST_F(TheLeaseOptions, LetADirectionThatIsGivenGoFirst) {
  EXPECT_EQ(wanted(parse("GPIO27 --direction output")).front().settings.direction,
            Direction::output);
}

TEST_F(TheLeaseOptions, ReadEverySetting) {
  const Settings settings = parse(
                                "GPIO27 --bias pull-up --drive open-drain --edge both "
                                "--active-low --debounce-period 250 --consumer lamp")
                                .settings;
  EXPECT_EQ(settings.bias, Bias::pull_up);
  EXPECT_EQ(settings.drive, Drive::open_drain);
  EXPECT_EQ(settings.edge, Edge::both);
  EXPECT_EQ(settings.active_low, true);
  EXPECT_EQ(settings.debounce, std::chrono::microseconds(250));
  EXPECT_EQ(settings.consumer, "lamp");
}

TEST_F(TheLeaseOptions, LeaveTheRestToTheBroker) {
  const Settings settings = parse("GPIO27").settings;
  EXPECT_FALSE(settings.direction || settings.bias || settings.drive || settings.edge ||
               settings.active_low || settings.debounce);
}

TEST_F(TheLeaseOptions, TakeADebouncePeriodWithAUnit) {
  EXPECT_EQ(parse("GPIO27 --debounce-period 5ms").settings.debounce, std::chrono::milliseconds(5));
  EXPECT_EQ(parse("GPIO27 --debounce-period 2s").settings.debounce, std::chrono::seconds(2));
}

TEST_F(TheLeaseOptions, RefuseWordsThatNobodyKnows) {
  EXPECT_THROW(parse("GPIO27 --bias up"), CLI::ParseError);
  EXPECT_THROW(parse("GPIO27 --debounce-period soon"), CLI::ParseError);
  EXPECT_THROW(parse("GPIO27=2"), CLI::ParseError);
}

TEST_F(TheLeaseOptions, RefuseAValueWhereNothingIsDriven) {
  EXPECT_EQ(parse("GPIO27", LineValues::none).lines,
            (std::vector<LineWithValue>{{.line = "GPIO27", .value = {}}}));
  EXPECT_EQ(parse("a=b", LineValues::none).lines.front().line, "a=b");
  EXPECT_THROW(parse("GPIO27=1", LineValues::none), CLI::ParseError);
}

TEST_F(TheLeaseOptions, SayWhatTimesTheyTake) {
  EXPECT_EQ(parse("GPIO27 --debounce-period 4294s").settings.debounce, std::chrono::seconds(4294));
  for (const std::string word :
       {"4295s", "1h", "4294967296", "-1", "1.5s", "s", "99999999999999999999"}) {
    try {
      (void)parse("GPIO27 --debounce-period=" + word);
      FAIL() << word;
    } catch (const CLI::ParseError& error) {
      EXPECT_EQ(error.what(), "--debounce-period: '" + word +
                                  "' is not a time from 0us to 4294s: a number of microseconds, or "
                                  "with a unit: us, ms, s");
    }
  }
}

TEST_F(TheLeaseOptions, RefuseToGoWithoutALineOrARequiredValue) {
  EXPECT_THROW(parse(""), CLI::ParseError);
  EXPECT_THROW(parse("GPIO27", LineValues::required), CLI::ParseError);
}

}  // namespace
}  // namespace gpiobroker::cli
