// SPDX-License-Identifier: GPL-2.0-or-later
// The ledger in a file: what a dead broker wrote is found again, and nothing else is believed.
#include <cstdlib>
#include <fstream>

#include <unistd.h>
#include <nlohmann/json.hpp>

#include "core/base/spelling.h"
#include "ledger/board_ledger.h"
#include "ledger/folder_lock.h"
#include "support/hostile_names.h"
#include "support/must.h"
#include "unit/chip/board_fixture.h"

namespace gpiobroker::test {
namespace {

using core::Bias;
using core::LeaseId;
using core::LedgerContent;
using core::SafeState;
using ledger::BoardLedger;
using ledger::Document;

constexpr LeaseId kFresh{1000};

class ALedgerFile : public BoardTest {
 protected:
  ALedgerFile() {
    std::string path = (std::filesystem::temp_directory_path() / "ledger-XXXXXX").string();
    folder_ = mkdtemp(path.data());
  }
  ~ALedgerFile() override { std::filesystem::remove_all(folder_); }

  BoardLedger ledger() { return {board_, folder_}; }

  void put(const std::string& text) { std::ofstream(folder_ / "ledger.json") << text; }

  /// Says of GPIO17 what a ledger would, with a part of it replaced.
  void put_with(const std::string& part, const std::string& by) {
    std::string text = ledger::to_text({.next_lease = 9,
                                        .lines = {{.chip = "gpiochip0",
                                                   .label = "pinctrl-bcm2711",
                                                   .offset = 17,
                                                   .name = "GPIO17",
                                                   .safe = {}}}});
    text.replace(text.find(part), part.size(), by);
    put(text);
  }

  std::filesystem::path folder_;
};

TEST_F(ALedgerFile, IsReadAsItWasWritten) {
  LedgerContent content{.next_lease = LeaseId{8}, .lines = {}};
  content.lines[kGpio17] = {.bias = Bias::pull_up};
  content.lines[kGpio27] = {.kind = SafeState::Kind::output, .value = Value::active};
  content.lines[kExp3] = {.kind = SafeState::Kind::keep};
  must(ledger().write(content));
  const auto leftover = ledger().read(kFresh);
  EXPECT_EQ(leftover.content.next_lease, LeaseId{8});
  EXPECT_EQ(leftover.content.lines, content.lines);
  EXPECT_THAT(leftover.lost, IsEmpty());
}

TEST_F(ALedgerFile, TellsWhateverLinesAreCalled) {
  Document document{.next_lease = 9, .lines = {}};
  for (const char* name : {"", "GPIO17", "a \"fan\"", "back\\slash", "tab\t", "Lüfter", "\x7f"}) {
    document.lines.push_back({.chip = name, .label = name, .offset = 17, .name = name, .safe = {}});
  }
  const Document again = ledger::parse(ledger::to_text(document)).value();
  ASSERT_EQ(again.lines.size(), document.lines.size());
  for (std::size_t i = 0; i < document.lines.size(); ++i) {
    EXPECT_EQ(again.lines[i].name, document.lines[i].name);
    EXPECT_EQ(again.lines[i].label, document.lines[i].label);
    EXPECT_EQ(again.lines[i].chip, document.lines[i].chip);
  }
}

TEST_F(ALedgerFile, KeepsEveryByteOfANameThatIsNoText) {
  for (const std::string_view bytes : kHostileNames) {
    const std::string name = core::name_from(bytes);
    const Document document{.next_lease = 9,
                            .lines = {{.chip = name, .label = name, .name = name, .safe = {}}}};
    const Document again = ledger::parse(ledger::to_text(document)).value();
    EXPECT_EQ(core::bytes_of(again.lines.at(0).name), bytes);
    EXPECT_EQ(core::bytes_of(again.lines.at(0).label), bytes);
  }
}

TEST_F(ALedgerFile, IsJsonEvenIfANameIsNone) {
  const Document document{.next_lease = 9,
                          .lines = {{.chip = "c", .label = "l", .name = "\xff\xfe", .safe = {}}}};
  EXPECT_EQ(ledger::parse(ledger::to_text(document)).value().lines.at(0).name, "\\xff\\xfe");
}

/// Lines with odd names on a chip with an odd label: those of the list, one after the other.
class ALedgerFileOfOddNames : public ALedgerFile {
 protected:
  ALedgerFileOfOddNames() {
    std::vector<std::string> names;
    for (const std::string_view bytes : kHostileNames) names.push_back(core::name_from(bytes));
    const FakeChip odd({.name = "gpiochip2",
                        .label = core::name_from("\xff"),
                        .path = "",
                        .line_count = static_cast<std::uint32_t>(names.size())},
                       record_, names);
    chip_ = board_.attach(odd.attachable());
  }

  [[nodiscard]] LineId line(std::size_t index) const {
    return {chip_, Offset{static_cast<std::uint32_t>(index)}};
  }

  core::ChipId chip_;
};

TEST_F(ALedgerFileOfOddNames, FindsEachOfThemAgain) {
  LedgerContent content{.next_lease = LeaseId{8}, .lines = {}};
  for (std::size_t i = 0; i < kHostileNames.size(); ++i) content.lines[line(i)] = {};
  must(ledger().write(content));
  const auto leftover = ledger().read(kFresh);
  EXPECT_THAT(leftover.lost, IsEmpty());
  EXPECT_EQ(leftover.content.lines, content.lines);
}

TEST_F(ALedgerFileOfOddNames, FindsThemInTheWordsOfAnEarlierBroker) {
  for (std::size_t i = 0; i < kHostileNames.size(); ++i) {
    const nlohmann::json as_it_was(std::string(kHostileNames.at(i)));
    put(R"({"format":"gpiobroker-ledger-1","lines":[{"chip":"gpiochip2","label":"\ufffd","name":)" +
        as_it_was.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + R"(,"offset":)" +
        std::to_string(i) + R"(,"safe":{"bias":"disabled","direction":"input"}}],"next-lease":9})");
    const auto leftover = ledger().read(kFresh);
    EXPECT_TRUE(leftover.content.lines.contains(line(i))) << core::name_from(kHostileNames.at(i));
  }
}

TEST_F(ALedgerFile, SaysNothingIfThereIsNone) {
  const auto leftover = ledger().read(kFresh);
  EXPECT_EQ(leftover.content.next_lease, LeaseId{1});
  EXPECT_THAT(leftover.content.lines, IsEmpty());
  EXPECT_THAT(leftover.lost, IsEmpty());
}

TEST_F(ALedgerFile, IsSetAsideWhereverItIsTorn) {
  const std::string whole = ledger::to_text(
      {.next_lease = 9, .lines = {{.chip = "c", .label = "l", .name = "n", .safe = {}}}});
  for (std::size_t length = 0; length + 2 < whole.size(); ++length) {
    put(whole.substr(0, length));
    const auto leftover = ledger().read(kFresh);
    EXPECT_EQ(leftover.content.next_lease, kFresh) << length;
    EXPECT_EQ(leftover.lost.size(), 1U) << length;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "ledger.json"));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "ledger.json.unreadable"));
  }
}

TEST_F(ALedgerFile, IsSetAsideIfItIsSomethingElse) {
  for (const char* text :
       {"[]", "{}", "null", "17", R"({"format": "gpiobroker-ledger-2", "next-lease": 1})",
        R"({"format": "gpiobroker-ledger-1", "next-lease": "many", "lines": []})",
        R"({"format": "gpiobroker-ledger-1", "next-lease": 1, "lines": [7]})", "\xff\xfe"}) {
    put(text);
    EXPECT_EQ(ledger().read(kFresh).lost.size(), 1U) << text;
  }
}

TEST_F(ALedgerFile, IsSetAsideIfItAsksForNoSafeState) {
  for (const char* by : {"\"as-is\"", "\"unknown\"", "\"up\"", "1"}) {
    put_with("\"disabled\"", by);
    EXPECT_EQ(ledger().read(kFresh).content.next_lease, kFresh) << by;
  }
}

TEST_F(ALedgerFile, FindsAChipByItsLabelWhenItsNumberHasMoved) {
  put_with("\"gpiochip0\"", "\"gpiochip4\"");
  EXPECT_TRUE(ledger().read(kFresh).content.lines.contains(kGpio17));
}

TEST_F(ALedgerFile, BelievesNothingOfAChipOrLineThatIsAnother) {
  const std::vector<std::pair<std::string, std::string>> changes{
      {"pinctrl-bcm2711", "pinctrl-rp1"}, {":17", ":18"}, {":17", ":4000"}, {"GPIO17", "SDA1"}};
  for (const auto& [part, by] : changes) {
    put_with(part, by);
    const auto leftover = ledger().read(kFresh);
    EXPECT_THAT(leftover.content.lines, IsEmpty()) << by;
    ASSERT_EQ(leftover.lost.size(), 1U) << by;
    EXPECT_THAT(leftover.lost.front(), testing::HasSubstr("is not here"));
    EXPECT_EQ(leftover.content.next_lease, LeaseId{9}) << "the count is still good";
  }
}

TEST_F(ALedgerFile, KeepsALineThatIsNotHereUntilItIs) {
  put_with("pinctrl-bcm2711", "pinctrl-rp1");
  BoardLedger successor = ledger();
  ASSERT_EQ(successor.read(kFresh).lost.size(), 1U);
  LedgerContent content{.next_lease = LeaseId{10}, .lines = {}};
  content.lines[kExp3] = {};
  must(successor.write(content));
  must(successor.write({.next_lease = LeaseId{11}, .lines = {}}));
  EXPECT_EQ(ledger().read(kFresh).lost.size(), 1U);
  const FakeChip back({.name = "gpiochip0", .label = "pinctrl-rp1", .path = "", .line_count = 54});
  const core::ChipId chip = board_.attach(back.attachable());
  EXPECT_TRUE(ledger().read(kFresh).content.lines.contains({chip, Offset{17}}));
}

TEST_F(ALedgerFile, HasALineOnceThatIsTakenAnewAfterItWasNotHere) {
  put_with("GPIO17", "SDA1");
  BoardLedger successor = ledger();
  ASSERT_EQ(successor.read(kFresh).lost.size(), 1U);
  LedgerContent content{.next_lease = LeaseId{10}, .lines = {}};
  content.lines[kGpio17] = {};
  must(successor.write(content));
  const auto leftover = ledger().read(kFresh);
  EXPECT_THAT(leftover.lost, IsEmpty());
  EXPECT_TRUE(leftover.content.lines.contains(kGpio17));
}

TEST_F(ALedgerFile, RefusesToLoseWhatItCannotWrite) {
  must(ledger().write({.next_lease = LeaseId{8}, .lines = {}}));
  std::filesystem::create_directory(folder_ / "ledger.json.new");  // where the draft belongs
  EXPECT_THAT(ledger().write({}), RefusedFor(Reason::not_recorded, "ledger.json.new"));
  EXPECT_EQ(ledger().read(kFresh).content.next_lease, LeaseId{8});
}

TEST_F(ALedgerFile, BelongsToOneProcessAtATime) {
  {
    const auto lock = ledger::FolderLock::take(folder_);
    ASSERT_TRUE(lock.has_value());
    EXPECT_THAT(ledger::FolderLock::take(folder_), RefusedFor(Reason::in_use, "--state"));
  }
  EXPECT_THAT(ledger::FolderLock::take(folder_), Succeeds());
}

TEST_F(ALedgerFile, CannotBeInAFolderThatIsNotThere) {
  EXPECT_THAT(ledger::FolderLock::take(folder_ / "none"),
              RefusedFor(Reason::not_recorded, "No such file"));
}

/// Two chips that nothing tells apart but where they are plugged in.
class ALedgerOfTwins : public ALedgerFile {
 protected:
  static core::ChipInfo twin(const std::string& name, const std::string& device) {
    return {.name = name, .label = "twin", .path = "", .line_count = 8, .device = device};
  }

  static LineId attach(core::Board& board, const core::ChipInfo& info) {
    return {board.attach(FakeChip(info).attachable()), Offset{3}};
  }

  /// What a broker wrote that had this line of the chip at the first port, called gpiochip1.
  void write_of_the_first() {
    core::Board board;
    const LineId line = attach(board, twin("gpiochip1", "/sys/devices/usb1/1-1"));
    attach(board, twin("gpiochip2", "/sys/devices/usb1/1-2"));
    LedgerContent content{.next_lease = LeaseId{8}, .lines = {}};
    content.lines[line] = {};
    must(BoardLedger(board, folder_).write(content));
  }
};

TEST_F(ALedgerOfTwins, IsAboutTheSameChipAfterTheyHaveSwappedTheirNumbers) {
  write_of_the_first();
  core::Board board;
  attach(board, twin("gpiochip1", "/sys/devices/usb1/1-2"));
  const LineId line = attach(board, twin("gpiochip2", "/sys/devices/usb1/1-1"));
  const auto leftover = BoardLedger(board, folder_).read(kFresh);
  ASSERT_EQ(leftover.content.lines.size(), 1U);
  EXPECT_EQ(leftover.content.lines.begin()->first, line);
}

TEST_F(ALedgerOfTwins, IsNotAboutTheOneThatIsLeft) {
  write_of_the_first();
  core::Board board;
  attach(board, twin("gpiochip1", "/sys/devices/usb1/1-2"));
  const auto leftover = BoardLedger(board, folder_).read(kFresh);
  EXPECT_THAT(leftover.content.lines, IsEmpty());
  EXPECT_THAT(leftover.lost, ElementsAre(testing::HasSubstr("no such chip")));
}

TEST_F(ALedgerOfTwins, GoesByTheirNamesIfItIsOfABrokerThatKnewNoDevices) {
  put(ledger::to_text(
      {.next_lease = 9,
       .lines = {
           {.chip = "gpiochip2", .label = "twin", .offset = 3, .name = "EXP3", .safe = {}}}}));
  core::Board board;
  attach(board, twin("gpiochip1", "/sys/devices/usb1/1-1"));
  const LineId line = attach(board, twin("gpiochip2", "/sys/devices/usb1/1-2"));
  const auto leftover = BoardLedger(board, folder_).read(kFresh);
  ASSERT_EQ(leftover.content.lines.size(), 1U);
  EXPECT_EQ(leftover.content.lines.begin()->first, line);
}

}  // namespace
}  // namespace gpiobroker::test
