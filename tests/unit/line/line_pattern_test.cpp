// SPDX-License-Identifier: GPL-2.0-or-later
// What rules can say of lines, and which lines they mean by it.
#include "core/line/line_pattern.h"

#include "unit/lines.h"
#include "unit/refusals.h"

namespace gpiobroker::test {
namespace {

using core::LineFacts;
using core::LinePattern;
using core::Reason;

bool fits(const char* pattern, const LineFacts& line) {
  return LinePattern::parse(pattern).value().matches(line);
}

TEST(ALinePattern, FitsALineByItsName) {
  EXPECT_TRUE(fits("GPIO17", gpio(17)));
  EXPECT_TRUE(fits("FAN", expander_line(3, "FAN")));
  EXPECT_FALSE(fits("GPIO17", gpio(1)));
  EXPECT_FALSE(fits("GPIO17", expander_line(17)));
}

TEST(ALinePattern, FitsNamesWithWildcards) {
  EXPECT_TRUE(fits("GPIO1*", gpio(17)));
  EXPECT_TRUE(fits("ID_S[CD]*", pi_line(0, "ID_SDA")));
  EXPECT_FALSE(fits("GPIO1*", gpio(2)));
}

TEST(ALinePattern, FitsEveryLineWithAStarAlone) {
  EXPECT_TRUE(fits("*", gpio(2)));
  EXPECT_TRUE(fits("*", expander_line(0)));
  EXPECT_TRUE(fits("*:*", expander_line(0)));
}

TEST(ALinePattern, FitsALineWhoseNameTheDeviceTreeSpendsOnItsOtherUse) {
  const LineFacts clock = pi_line(4, "GPIO_GCLK");
  EXPECT_TRUE(fits("GPIO4", clock));
  EXPECT_TRUE(fits("BCM4", clock));
  EXPECT_TRUE(fits("GPIO2..GPIO9", clock));
  EXPECT_FALSE(fits("GPIO4", expander_line(4, "GPIO_GCLK")));
}

TEST(ALinePattern, LeavesLinesOfOtherNamesOutOfAWildcard) {
  EXPECT_FALSE(fits("GPIO*", pi_line(0, "ID_SDA")));
  EXPECT_FALSE(fits("GPIO?", pi_line(4, "PWR")));
}

TEST(ALinePattern, FitsARangeOfNumberedNames) {
  EXPECT_TRUE(fits("GPIO2..GPIO9", gpio(2)));
  EXPECT_TRUE(fits("GPIO2..GPIO9", gpio(9)));
  EXPECT_TRUE(fits("EXP0..EXP3", expander_line(3, "EXP3")));
  EXPECT_FALSE(fits("GPIO2..GPIO9", gpio(10)));
  EXPECT_FALSE(fits("EXP0..EXP3", expander_line(3, "EXP")));
  EXPECT_FALSE(fits("EXP0..EXP3", gpio(2)));
}

TEST(ALinePattern, FitsOffsetsOfAChip) {
  for (const char* pattern : {"gpiochip0:17", "pinctrl-rp1:17", "pinctrl-*:10-20", "gpiochip0:*"}) {
    EXPECT_TRUE(fits(pattern, gpio(17))) << pattern;
    EXPECT_FALSE(fits(pattern, expander_line(17))) << pattern;
  }
  EXPECT_FALSE(fits("gpiochip0:17", gpio(16)));
  EXPECT_FALSE(fits("gpiochip0:2-9", gpio(10)));
}

TEST(ALinePattern, FitsPinsOfTheHeader) {
  EXPECT_TRUE(fits("J8:11", gpio(17)));
  EXPECT_TRUE(fits("BOARD11", gpio(17)));
  EXPECT_TRUE(fits("J8:9-12", gpio(17)));
  EXPECT_TRUE(fits("BOARD9..BOARD12", gpio(17)));
  EXPECT_TRUE(fits("J8:*", gpio(17)));
  EXPECT_FALSE(fits("J8:11", gpio(27)));
  EXPECT_FALSE(fits("J8:*", expander_line(17)));
  EXPECT_FALSE(fits("J8:*", gpio(40)));
}

TEST(ALinePattern, MeansOneLineOrSeveral) {
  for (const char* one : {"GPIO17", "J8:11", "BOARD11", "gpiochip0:17", "pinctrl-rp1:17"}) {
    EXPECT_TRUE(LinePattern::parse(one).value().names_one_line()) << one;
  }
  for (const char* several : {"GPIO*", "J8:1-3", "gpiochip0:*", "*:1", "GPIO2..GPIO9"}) {
    EXPECT_FALSE(LinePattern::parse(several).value().names_one_line()) << several;
  }
}

TEST(ALinePattern, SaysWhatIsWrongWithAText) {
  const std::vector<std::pair<const char*, const char*>> wrong = {
      {"", "it is empty"},
      {"GPIO[1", "a [ has no ]"},
      {"GPIO2..", "a range is two names"},
      {"GPIO2..EXP9", "a range is two names"},
      {"GPIO*2..GPIO*9", "a range is two names"},
      {"gpiochip0:2..gpiochip0:9", "a range is two names"},
      {"GPIO9..GPIO2", "the range ends before it begins"},
      {"gpiochip0:", "after the colon comes a number (17), a range (2-9), or *"},
      {"gpiochip0:seven", "after the colon"},
      {"gpiochip0:9-2", "the range ends before it begins"},
      {":17", "no chip is named before the colon"}};
  for (const auto& [text, why] : wrong) {
    EXPECT_THAT(LinePattern::parse(text), RefusedFor(Reason::invalid_setting, why)) << text;
  }
}

/// Names as device trees of BeagleBones have them, and others with what means something here.
TEST(ALinePattern, FitsTheLineThatIsCalledExactlySo) {
  for (const char* name : {"P9_22 [spi0_sclk]", "[mmc0_cd]", "P8_25 [mmc1_dat4]", "a*b", "what?",
                           "P8:3", "BOARD7", "GPIO1..GPIO3"}) {
    EXPECT_TRUE(fits(name, expander_line(5, name))) << name;
  }
}

TEST(ALinePattern, FitsTheChipThatIsCalledOrLabelledExactlySo) {
  LineFacts line = expander_line(1);
  line.label = "mmc[0]";
  EXPECT_TRUE(fits("mmc[0]:1", line));
  EXPECT_FALSE(fits("mmc[0]:2", line));
  line.label = "mmc0";
  EXPECT_TRUE(fits("mmc[0]:1", line)) << "as a wildcard";
}

TEST(ALinePattern, TakesNamesLiterallyWhereItSaysWhatTheyAre) {
  EXPECT_TRUE(fits("line::[mmc0_cd]", expander_line(5, "[mmc0_cd]")));
  EXPECT_FALSE(fits("line::[mmc0_cd]", expander_line(5, "m")));
  EXPECT_TRUE(fits("line::a:b", expander_line(5, "a:b")));
  EXPECT_FALSE(fits("line::GPIO4", pi_line(4, "GPIO_GCLK"))) << "a name, no BCM number";
  EXPECT_TRUE(fits("label::pcf8574:2-6", expander_line(5)));
  EXPECT_FALSE(fits("label::gpiochip4:5", expander_line(5)));
  EXPECT_TRUE(fits("chip::gpiochip4:*", expander_line(5)));
  EXPECT_FALSE(fits("chip::pcf*:*", expander_line(5)));
  EXPECT_FALSE(fits("chip::gpiochip4:4", expander_line(5)));
}

TEST(ALinePattern, NamesOneLineWhereItSaysSoWhateverIsInTheName) {
  for (const char* one : {"line::[mmc0_cd]", "line::GPIO*", "chip::a*:3", "label::mmc[0]:1"}) {
    EXPECT_TRUE(LinePattern::parse(one).value().names_one_line()) << one;
  }
  for (const char* several : {"chip::gpiochip0:1-2", "label::pcf8574:*"}) {
    EXPECT_FALSE(LinePattern::parse(several).value().names_one_line()) << several;
  }
}

TEST(ALinePattern, SaysHowToWriteANameThatItCannotRead) {
  EXPECT_THAT(LinePattern::parse("[mmc0_cd"),
              RefusedFor(Reason::invalid_setting, "line::[mmc0_cd"));
  EXPECT_THAT(LinePattern::parse("a:b"), RefusedFor(Reason::invalid_setting, "line::a:b"));
  EXPECT_THAT(LinePattern::parse("a..b"), RefusedFor(Reason::invalid_setting, "line::a..b"));
  for (const char* broken : {"chip::gpiochip0", "label:::3", "label::x:y"}) {
    EXPECT_THAT(LinePattern::parse(broken), RefusedFor(Reason::invalid_setting)) << broken;
  }
}

TEST(ALinePattern, TakesALabelThatIsAnotherChipsNameForThatName) {
  LineFacts line = expander_line(1);
  line.label = "gpiochip0";
  line.label_is_a_name = true;
  EXPECT_FALSE(fits("gpiochip0:1", line));
  EXPECT_TRUE(fits("label::gpiochip0:1", line));
  EXPECT_TRUE(fits("gpiochip4:1", line));
}

TEST(ALinePattern, FitsAChipByALinkToItsNode) {
  LineFacts line = gpio(17);
  line.links = {"gpiochip4"};
  EXPECT_TRUE(fits("gpiochip4:17", line));
  EXPECT_TRUE(fits("chip::gpiochip4:17", line));
  EXPECT_FALSE(fits("label::gpiochip4:17", line));
}

TEST(ALinePattern, FitsANameAsTheCommandShowsIt) {
  EXPECT_TRUE(fits("L\\xc3\\xbcfter", expander_line(3,
                                                    "L\xc3\xbc"
                                                    "fter")));
  EXPECT_TRUE(fits("T\\xfcr", expander_line(3, "T\\xfcr")));
}

}  // namespace
}  // namespace gpiobroker::test
