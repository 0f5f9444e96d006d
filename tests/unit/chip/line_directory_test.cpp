// SPDX-License-Identifier: GPL-2.0-or-later
// Every form of a line spec, and what is said of those that fit no line or several.
#include "core/chip/line_directory.h"

#include <set>

#include "core/base/spelling.h"
#include "core/line/line_pattern.h"
#include "gpio/simulated_chip.h"
#include "support/hostile_names.h"
#include "unit/chip/board_fixture.h"

namespace gpiobroker::test {
namespace {

class ADirectory : public BoardTest {
 protected:
  [[nodiscard]] core::Result<LineId> find(const std::string& spec) const {
    return board_.directory().find(spec);
  }

  /// Attaches a further chip, with the names that its label stands for.
  core::ChipId attach(const std::string& name, const std::string& label, std::uint32_t lines) {
    const FakeChip chip({.name = name, .label = label, .path = "", .line_count = lines});
    return board_.attach(chip.attachable());
  }
};

TEST(ADirectoryWithoutAChip, SaysSoOfWhateverIsNamed) {
  core::Board board;
  for (const char* spec : {"GPIO17", "gpiochip0:17", "J8:11", "fan"}) {
    EXPECT_THAT(board.directory().find(spec),
                RefusedFor(Reason::no_such_line, "the broker has no GPIO chip"));
  }
}

TEST_F(ADirectory, FindsALineByItsName) {
  EXPECT_EQ(find("GPIO17"), kGpio17);
  EXPECT_EQ(find("ID_SDA"), (LineId{core::ChipId{0}, Offset{0}}));
  EXPECT_EQ(find("EXP3"), kExp3);
}

TEST_F(ADirectory, FindsALineByItsChipAndOffset) {
  EXPECT_EQ(find("gpiochip0:17"), kGpio17);
  EXPECT_EQ(find("gpiochip1:3"), kExp3);
}

TEST_F(ADirectory, FindsALineByTheLabelOfItsChip) {
  EXPECT_EQ(find("pinctrl-bcm2711:17"), kGpio17);
  EXPECT_EQ(find("gpio-expander:3"), kExp3);
}

TEST_F(ADirectory, FindsALineByItsHeaderPin) {
  EXPECT_EQ(find("J8:11"), kGpio17);
  EXPECT_EQ(find("BOARD11"), kGpio17);
  EXPECT_EQ(find("J8:7"), kGpio4);
}

TEST_F(ADirectory, FindsALineByItsBcmNumber) {
  EXPECT_EQ(find("BCM17"), kGpio17);
  EXPECT_EQ(find("BCM0"), (LineId{core::ChipId{0}, Offset{0}}));
}

TEST_F(ADirectory, FindsABcmNumberBehindANameThatTheDeviceTreeDoesNotGive) {
  EXPECT_EQ(find("GPIO1"), (LineId{core::ChipId{0}, Offset{1}}));
  EXPECT_EQ(find("GPIO40"), (LineId{core::ChipId{0}, Offset{40}}));
}

TEST_F(ADirectory, FindsALineWhateverItIsCalled) {
  std::vector<std::string> names;
  for (const std::string_view bytes : kHostileNames) names.push_back(core::name_from(bytes));
  const auto count = static_cast<std::uint32_t>(names.size());
  const std::string label = core::name_from("\xff");
  const FakeChip odd({.name = "gpiochip2", .label = label, .path = "", .line_count = count},
                     record_, names);
  const core::ChipId chip = board_.attach(odd.attachable());
  // Means something else first: another line, a chip and an offset, a pin of the header. Or
  // nothing.
  const std::set<std::string> taken{"GPIO17", "gpiochip0:17", "J8:11", "BOARD11", ""};
  for (std::uint32_t i = 0; i < count; ++i) {
    const LineId line{chip, Offset{i}};
    EXPECT_EQ(find("gpiochip2:" + std::to_string(i)), line);
    EXPECT_EQ(find("\\xff:" + std::to_string(i)), line);
    if (!taken.contains(names[i])) {
      EXPECT_EQ(find(names[i]), line) << names[i];
    }
  }
}

TEST_F(ADirectory, FindsANameOfWhichMoreIsEscapedThanMust) {
  const FakeChip odd({.name = "gpiochip2", .label = "odd", .path = "", .line_count = 1}, record_,
                     {"L\xc3\xbc"
                      "fter"});
  const core::ChipId chip = board_.attach(odd.attachable());
  EXPECT_EQ(find("L\\xc3\\xbc"
                 "fter"),
            (LineId{chip, Offset{0}}));
  EXPECT_THAT(find("L\\xfcfter"), RefusedFor(Reason::no_such_line, "'L\\xfcfter'"));
}

TEST_F(ADirectory, ReadsNamesExactly) {
  for (const char* spec :
       {"gpio17", "GPIO17 ", " GPIO17", "GPIO-1", "17", "exp3", "BOARD", "J8:"}) {
    EXPECT_THAT(find(spec), RefusedFor(Reason::no_such_line)) << spec;
  }
}

TEST_F(ADirectory, SaysWhichFormsItKnows) {
  const auto nothing = find("");
  EXPECT_THAT(nothing, RefusedFor(Reason::no_such_line, "gpiochip0:17"));
  EXPECT_EQ(nothing.error().field, "line");
  EXPECT_THAT(find("fan"), RefusedFor(Reason::no_such_line, "'fan' not found"));
}

TEST_F(ADirectory, SaysWhichOffsetsAChipHas) {
  for (const char* spec : {"gpiochip1:8", "gpiochip1:-1", "gpiochip1:", "gpiochip1:x"}) {
    EXPECT_THAT(find(spec), RefusedFor(Reason::no_such_line, "offsets of gpiochip1 go from 0 to 7"))
        << spec;
  }
}

TEST_F(ADirectory, KnowsWhichHeaderPinsCarryALine) {
  for (const char* spec : {"J8:1", "BOARD6", "J8:0", "BOARD41", "J8:999999999"}) {
    EXPECT_THAT(find(spec), RefusedFor(Reason::no_such_line, "carries no line")) << spec;
  }
}

TEST_F(ADirectory, KnowsWhichBcmNumbersTheHeaderChipHas) {
  EXPECT_THAT(find("BCM54"), RefusedFor(Reason::no_such_line));
  EXPECT_THAT(find("GPIO999"), RefusedFor(Reason::no_such_line));
}

TEST_F(ADirectory, QuotesWhatItWasAskedFor) {
  EXPECT_THAT(find("a\nb"), RefusedFor(Reason::no_such_line, "'a\\x0ab'"));
}

TEST_F(ADirectory, NamesBothLinesThatHaveTheName) {
  attach("gpiochip2", "other-expander", 8);
  EXPECT_THAT(find("EXP3"),
              RefusedFor(Reason::ambiguous_line, "gpiochip1:3 'EXP3', gpiochip2:3 'EXP3'"));
  EXPECT_EQ(find("gpiochip1:3"), kExp3);
}

TEST_F(ADirectory, NamesTheLinesOfBothChipsThatHaveTheLabel) {
  attach("gpiochip2", "gpio-expander", 8);
  EXPECT_THAT(find("gpio-expander:3"),
              RefusedFor(Reason::ambiguous_line, "gpiochip1:3 'EXP3', gpiochip2:3 'EXP3'"));
  EXPECT_EQ(find("gpiochip2:3"), (LineId{core::ChipId{2}, Offset{3}}));
}

TEST_F(ADirectory, LooksOnlyAtChipsOfTheLabelThatHaveTheOffset) {
  const auto small = attach("gpiochip2", "gpio-expander", 4);
  EXPECT_EQ(find("gpio-expander:7"), (LineId{kExp3.chip, Offset{7}}));
  EXPECT_THAT(find("gpio-expander:3"), RefusedFor(Reason::ambiguous_line));
  EXPECT_THAT(find("gpio-expander:8"), RefusedFor(Reason::no_such_line, "from 0 to 7"));
  EXPECT_EQ(find("gpiochip2:3"), (LineId{small, Offset{3}}));
}

TEST_F(ADirectory, NamesTheLinesOfBothChipsThatMayCarryTheHeader) {
  attach("gpiochip2", "pinctrl-rp1", 54);
  for (const char* spec : {"J8:11", "BOARD11", "BCM17", "GPIO17"}) {
    EXPECT_THAT(find(spec),
                RefusedFor(Reason::ambiguous_line, "gpiochip0:17 'GPIO17', gpiochip2:17 'GPIO17'"))
        << spec;
  }
  EXPECT_EQ(find("pinctrl-rp1:17"), (LineId{core::ChipId{2}, Offset{17}}));
}

TEST_F(ADirectory, TakesTheNameOfAChipBeforeTheLabelOfAnother) {
  const auto second = attach("gpiochip2", "gpiochip1", 8);
  EXPECT_EQ(find("gpiochip1:3"), kExp3);
  EXPECT_EQ(find("chip::gpiochip1:3"), kExp3);
  EXPECT_EQ(find("label::gpiochip1:3"), (LineId{second, Offset{3}}));
  EXPECT_EQ(find("gpiochip2:3"), (LineId{second, Offset{3}}));
  EXPECT_TRUE(board_.directory().facts_of({second, Offset{3}}).label_is_a_name);
  EXPECT_FALSE(board_.directory().facts_of(kExp3).label_is_a_name);
}

TEST_F(ADirectory, FindsBothOfTwoChipsThatAreLabelledLikeEachOther) {
  const auto third = attach("gpiochip3", "gpiochip2", 8);
  const auto second = attach("gpiochip2", "gpiochip3", 8);
  EXPECT_EQ(find("gpiochip2:3"), (LineId{second, Offset{3}}));
  EXPECT_EQ(find("gpiochip3:3"), (LineId{third, Offset{3}}));
  EXPECT_EQ(find("label::gpiochip2:3"), (LineId{third, Offset{3}}));
}

TEST_F(ADirectory, FindsAChipByALinkToItsNode) {
  EXPECT_THAT(find("gpiochip4:17"), RefusedFor(Reason::no_such_line));
  board_.set_links(
      {{"gpiochip4", "gpiochip0"}, {"dangling", "gpiochip9"}, {"gpiochip1", "gpiochip0"}});
  EXPECT_EQ(find("gpiochip4:17"), kGpio17);
  EXPECT_EQ(find("chip::gpiochip4:17"), kGpio17);
  EXPECT_EQ(find("gpiochip1:3"), kExp3) << "a chip's own name goes first";
  EXPECT_THAT(find("dangling:3"), RefusedFor(Reason::no_such_line));
  EXPECT_THAT(find("label::gpiochip4:17"), RefusedFor(Reason::no_such_line, "labelled"));
}

/// EXP0 to EXP7 are what its lines are called but for these.
class ADirectoryOfStrangeNames : public ADirectory {
 protected:
  /// A chip whose lines are called so.
  core::ChipId attach_named(const std::string& label, const std::vector<std::string>& names) {
    const auto count = static_cast<std::uint32_t>(names.size());
    const core::ChipInfo info{.name = "gpiochip7", .label = label, .path = "", .line_count = count};
    return board_.attach(
        std::make_unique<gpio::SimulatedChip>(info, std::make_shared<gpio::SimulatedLines>(names)));
  }
};

TEST_F(ADirectoryOfStrangeNames, FindsEachLineByItsNameAndIsAgreedWithByPatterns) {
  const std::vector<std::string> names{
      "P9_22 [spi0_sclk]", "[mmc0_cd]", "gpiochip0:99", "gpiochip0:3", "J8:1",
      "line::x",           "a:b",       "BOARD2"};
  const auto chip = attach_named("mmc[0]", names);
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    const LineId line{chip, Offset{i}};
    const std::string exact = "line::" + names[i];
    EXPECT_EQ(find(exact), line) << exact;
    EXPECT_TRUE(core::LinePattern::parse(exact).value().matches(board_.directory().facts_of(line)));
    if (names[i] == "gpiochip0:3" || names[i] == "line::x") continue;  // they mean something else
    EXPECT_EQ(find(names[i]), line) << names[i];
  }
  EXPECT_EQ(find("gpiochip0:3"), (LineId{kGpio17.chip, Offset{3}}));
  EXPECT_EQ(find("mmc[0]:1"), (LineId{chip, Offset{1}}));
}

TEST_F(ADirectory, FindsNoHeaderPinWithoutAHeader) {
  core::Board board;
  board.attach(FakeChip(expander_info()).attachable());
  EXPECT_THAT(board.directory().find("J8:11"), RefusedFor(Reason::no_such_line));
  EXPECT_THAT(board.directory().find("BCM4"), RefusedFor(Reason::no_such_line));
}

TEST_F(ADirectory, FindsSeveralLinesInTheOrderAsked) {
  const auto lines = board_.directory().find_all({"EXP3", "J8:11", "gpiochip0:4"});
  ASSERT_THAT(lines, Succeeds());
  EXPECT_THAT(*lines, ElementsAre(kExp3, kGpio17, kGpio4));
}

TEST_F(ADirectory, SaysWhichLineIsNamedTwice) {
  const auto lines = board_.directory().find_all({"GPIO17", "GPIO4", "J8:11"});
  EXPECT_THAT(lines, RefusedFor(Reason::duplicate_line, "'J8:11' is named twice"));
  EXPECT_THAT(lines, RefusedFor(Reason::duplicate_line, "gpiochip0:17 'GPIO17'"));
}

TEST_F(ADirectory, FindsALineAsOftenAsItIsNamedWhereThatDoesNoHarm) {
  const auto lines = board_.directory().find_each({"GPIO17", "GPIO4", "J8:11"});
  ASSERT_THAT(lines, Succeeds());
  EXPECT_THAT(*lines, ElementsAre(kGpio17, kGpio4, kGpio17));
}

TEST_F(ADirectory, SaysWhichOfSeveralLinesItDoesNotFind) {
  EXPECT_THAT(board_.directory().find_all({"GPIO17", "fan"}),
              RefusedFor(Reason::no_such_line, "'fan'"));
}

TEST_F(ADirectory, KnowsTheNamesOfLines) {
  EXPECT_EQ(board_.directory().name_of(kGpio17), "GPIO17");
  EXPECT_EQ(board_.directory().name_of(kExp3), "EXP3");
}

TEST_F(ADirectory, NamesNoLineThatItCouldNotAskFor) {
  FakeChip chip({.name = "gpiochip2", .label = "broken", .path = "", .line_count = 2});
  chip.faults().fail_line(Offset{0}, Reason::hardware_failure);
  const auto id = board_.attach(chip.attachable());
  EXPECT_EQ(board_.directory().name_of({id, Offset{0}}), "");
  EXPECT_EQ(find("gpiochip2:0"), (LineId{id, Offset{0}}));
}

}  // namespace
}  // namespace gpiobroker::test
