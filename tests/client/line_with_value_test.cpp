// SPDX-License-Identifier: GPL-2.0-or-later
// LINE=VALUE, as people type it and mistype it.
#include "cli/line_with_value.h"

#include <gtest/gtest.h>

namespace gpiobroker::cli {
namespace {

TEST(ALineValue, HasTheLineAndItsValue) {
  EXPECT_EQ(parse_line_with_value("GPIO17=1"), (LineWithValue{.line = "GPIO17", .value = true}));
  EXPECT_EQ(parse_line_with_value("J8:11=0"), (LineWithValue{.line = "J8:11", .value = false}));
}

TEST(ALineValue, TakesTheWordsOfGpioset) {
  for (const char* word : {"1", "on", "active", "true"}) {
    EXPECT_EQ(parse_line_with_value(std::string("GPIO17=") + word)->value, true) << word;
  }
  for (const char* word : {"0", "off", "inactive", "false"}) {
    EXPECT_EQ(parse_line_with_value(std::string("GPIO17=") + word)->value, false) << word;
  }
}

TEST(ALineValue, MayBeALineOnly) {
  EXPECT_EQ(parse_line_with_value("GPIO17"), (LineWithValue{.line = "GPIO17", .value = {}}));
}

TEST(ALineValue, IsSplitAtTheLastEqualsSign) {
  EXPECT_EQ(parse_line_with_value("A=B=1"), (LineWithValue{.line = "A=B", .value = true}));
}

TEST(ALineValue, NeedsALine) {
  EXPECT_FALSE(parse_line_with_value(""));
  EXPECT_FALSE(parse_line_with_value("=1"));
}

TEST(ALineValue, NeedsAKnownValueAfterTheEqualsSign) {
  for (const char* text : {"GPIO17=", "GPIO17=2", "GPIO17=01", "GPIO17= 1", "GPIO17=1 ",
                           "GPIO17=ON", "GPIO17=-1", "GPIO17=high"}) {
    EXPECT_FALSE(parse_line_with_value(text)) << text;
  }
}

}  // namespace
}  // namespace gpiobroker::cli
