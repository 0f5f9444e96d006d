// SPDX-License-Identifier: GPL-2.0-or-later
// Shell patterns, as fnmatch(3) has them.
#include "core/base/glob.h"

#include <string>

#include <gtest/gtest.h>

namespace gpiobroker::core {
namespace {

TEST(AGlob, FitsItsOwnTextAndNoOther) {
  EXPECT_TRUE(glob_matches("GPIO17", "GPIO17"));
  EXPECT_TRUE(glob_matches("", ""));
  for (const char* text : {"", "GPIO1", "GPIO177", "gpio17", "xGPIO17"}) {
    EXPECT_FALSE(glob_matches("GPIO17", text)) << text;
  }
}

TEST(AGlob, TakesAnyCharactersForAStar) {
  for (const char* pattern : {"*", "GPIO*", "*17", "G*7", "**", "G*P*1*", "GPIO17*"}) {
    EXPECT_TRUE(glob_matches(pattern, "GPIO17")) << pattern;
  }
  for (const char* pattern : {"*18", "GPIO17*7", "*GPIO1", "X*"}) {
    EXPECT_FALSE(glob_matches(pattern, "GPIO17")) << pattern;
  }
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_TRUE(glob_matches("*ab", "aab"));
}

TEST(AGlob, TakesOneCharacterForAQuestionMark) {
  EXPECT_TRUE(glob_matches("GPIO?", "GPIO4"));
  EXPECT_FALSE(glob_matches("GPIO?", "GPIO"));
  EXPECT_FALSE(glob_matches("GPIO?", "GPIO17"));
}

TEST(AGlob, TakesOneCharacterOfASet) {
  EXPECT_TRUE(glob_matches("ID_S[CD][LA]", "ID_SDA"));
  EXPECT_TRUE(glob_matches("GPIO[2-5]", "GPIO5"));
  EXPECT_TRUE(glob_matches("GPIO[!2-5]", "GPIO6"));
  EXPECT_TRUE(glob_matches("[]]", "]"));
  EXPECT_TRUE(glob_matches("[a-]", "-"));
  EXPECT_FALSE(glob_matches("GPIO[2-5]", "GPIO6"));
  EXPECT_FALSE(glob_matches("GPIO[!2-5]", "GPIO5"));
  EXPECT_FALSE(glob_matches("GPIO[2-5]", "GPIO"));
}

TEST(AGlob, IsBrokenWithoutTheEndOfASet) {
  EXPECT_TRUE(is_glob("GPIO[2-5]*"));
  for (const char* pattern : {"GPIO[", "GPIO[2-5", "[!", "[]"}) {
    EXPECT_FALSE(is_glob(pattern)) << pattern;
    EXPECT_FALSE(glob_matches(pattern, pattern)) << pattern;
  }
}

TEST(AGlob, EndsSoonOnALongTextThatAlmostFits) {
  const std::string text(10'000, 'a');
  EXPECT_FALSE(glob_matches("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
}

}  // namespace
}  // namespace gpiobroker::core
