// SPDX-License-Identifier: GPL-2.0-or-later
// Names of the kernel's that are no text: of lines, chips and those who hold them.
#include <algorithm>
#include <fstream>

#include "core/base/spelling.h"
#include "harness/broker_test.h"
#include "harness/command.h"
#include "kernel/kernel_view.h"
#include "support/gpio_sim.h"
#include "support/hostile_names.h"

namespace gpiobroker::test {
namespace {

using gpiod::line::direction;
using testing::HasSubstr;
using testing::StartsWith;

/// 32 bytes, of which the kernel keeps 31: half of the last umlaut is gone.
std::string sixteen_umlauts() {
  std::string text;
  for (int i = 0; i < 16; ++i) text += "\xc3\xa4";
  return text;
}

std::string as_shown(const std::string& bytes) {
  constexpr std::size_t kKept = 31;
  return core::name_from(bytes.substr(0, kKept));
}

/// What the kernel takes for a name: gpio-sim trims it.
std::vector<std::string> names_for_lines() {
  std::vector<std::string> names;
  for (const std::string_view name : kHostileNames) {
    const auto is_space = [](char c) { return std::string_view(" \t\n\v\f\r").contains(c); };
    if (name.empty() || is_space(name.front()) || is_space(name.back())) continue;
    names.emplace_back(name);
  }
  return names;
}

class AKernelWithOddNames : public BrokerTest {
 protected:
  [[nodiscard]] Json line_of(const GpioSim& chip, unsigned offset) {
    return line(chip.chip_name() + ":" + std::to_string(offset));
  }

  bool knows(const GpioSim& chip) {
    const Json spec = Json::array({chip.chip_name() + ":0"});
    return eventually(
        [&] { return observer_.call(on_manager("FindLine", "s", spec)).error.empty(); });
  }

  ClientProcess client_ = client();
};

TEST_F(AKernelWithOddNames, MayPlugInAChipWithoutHarmToAnybody) {
  const std::string lease = lease_in(client_.acquire({"GPIO17"}, driven_high()));
  const GpioSim umlauts({.label = sixteen_umlauts(),
                         .names = {sixteen_umlauts(), "B"},
                         .hogs = {{core::Offset{1}, sixteen_umlauts()}}});
  const GpioSim latin({.label = "\xff", .names = {"T\xfcr"}});
  ASSERT_TRUE(knows(umlauts) && knows(latin));
  EXPECT_THAT(client_.set_values(lease, {{"GPIO17", 0}}), Succeeded());
  EXPECT_EQ(line_of(umlauts, 0).at("Name"), as_shown(sixteen_umlauts()));
  EXPECT_THAT(line_of(umlauts, 1).at("Consumer"), StartsWith("\xc3\xa4\xc3\xa4"));
  EXPECT_EQ(line("T\\xfcr").at("Name"), "T\\xfcr");
  EXPECT_EQ(line("\\xff:0").at("Name"), "T\\xfcr");
}

TEST_F(AKernelWithOddNames, HasItsLinesListedAndLeasedByTheirNames) {
  const std::vector<std::string> names = names_for_lines();
  const GpioSim chip({.label = "odd", .names = names});
  ASSERT_TRUE(knows(chip));
  for (unsigned i = 0; i < names.size(); ++i) {
    const std::string shown = line_of(chip, i).at("Name");
    EXPECT_EQ(shown, as_shown(names[i]));
    const Reply found = observer_.call(on_manager("FindLine", "s", Json::array({shown})));
    if (!found.error.empty() || found.values.at(0) != line_path("odd:" + std::to_string(i)))
      continue;
    ClientProcess holder = client();
    ASSERT_THAT(holder.acquire({shown}, driven_high()), Succeeded()) << shown;
    EXPECT_THAT(debug_text(chip.chip_name(), i), HasSubstr("output-high"));
    holder.kill();
    wait_for_goodbye(holder);
    EXPECT_THAT(debug_text(chip.chip_name(), i), StartsWith("(<unused>) input"));
  }
}

TEST_F(AKernelWithOddNames, MayHaveALineHeldByAnybodyWithoutHarm) {
  const std::string lease = lease_in(client_.acquire({"GPIO17"}, driven_high()));
  const auto held =
      hold_directly(board_->chip_name(kHeader), 5, sixteen_umlauts(), direction::OUTPUT);
  EXPECT_FALSE(everything().empty());
  EXPECT_EQ(line("GPIO5").at("Consumer"), as_shown(sixteen_umlauts()));
  ClientProcess stranger(bus_.address(), kSomebodyElse);
  (void)stranger.acquire({"GPIO5"}, {{"access", v("s", "observe")}});
  EXPECT_THAT(client_.acquire({"GPIO5"}, {}), RefusedFor("InUse", HasSubstr("GPIO5")));
  EXPECT_THAT(client_.set_values(lease, {{"GPIO17", 0}}), Succeeded());
}

TEST_F(AKernelWithOddNames, ShowsTheOwnCommandAsConsumer) {
  client_.rename("T\xfcr");
  ASSERT_THAT(client_.acquire({"GPIO17"}, driven_high()), Succeeded());
  EXPECT_EQ(line("GPIO17").at("Consumer"), "gpiobroker:T\\xfcr");
  EXPECT_EQ(line_info(board_->chip_name(kHeader), 17).consumer(), "gpiobroker:T\xfcr");
}

/// A broker on a chip whose lines are not called by text, which is killed while they are driven.
class ADeadBrokerOfOddNames : public testing::Test {
 protected:
  ADeadBrokerOfOddNames() {
    const TestBus bus;
    DaemonProcess daemon(
        {.arguments = {"--address", bus.address()}, .state = state_.file("state")});
    daemon.wait_until_ready();
    ClientProcess client(bus.address(), kNobody);
    EXPECT_THAT(client.acquire({"T\\xfcr", "\\xff:1", "odd:2"}, driven_high()),
                RefusedFor("NoSuchLine"));
    EXPECT_THAT(client.acquire({"T\\xfcr", "\\xff:1", "\\xff:2"}, driven_high()), Succeeded());
    daemon.process().signal(SIGKILL);
    EXPECT_EQ(daemon.process().wait(), killed_by(SIGKILL));
    EXPECT_THAT(text_of(0), StartsWith("(<unused>) output-high"));
  }

  CommandEnd reset() { return run_command("gpiobroker-reset", {"--state", state_.file("state")}); }

  [[nodiscard]] std::string text_of(unsigned offset) const {
    return debug_text(chip_.chip_name(), offset);
  }

  [[nodiscard]] std::string ledger() const {
    std::ifstream file(state_.file("state/ledger.json"));
    return {std::istreambuf_iterator<char>(file), {}};
  }

  void write_ledger(const std::string& text) const {
    std::ofstream(state_.file("state/ledger.json")) << text;
  }

  GpioSim chip_{{.label = "\xff", .names = {"T\xfcr", sixteen_umlauts(), "x\xef\xbf\xbe"}}};
  TemporaryFolder state_;
};

TEST_F(ADeadBrokerOfOddNames, HasItsLinesResetByTheHelper) {
  const CommandEnd helper = reset();
  EXPECT_EQ(helper.end, exited(EXIT_SUCCESS)) << helper.output;
  for (const unsigned offset : {0U, 1U, 2U}) {
    EXPECT_THAT(text_of(offset), StartsWith("(<unused>) input"));
  }
  EXPECT_THAT(ledger(), HasSubstr(R"("lines":[])"));
}

TEST_F(ADeadBrokerOfOddNames, HasThemResetByAHelperThatFindsAnEarlierBrokersLedger) {
  write_ledger(R"({"format":"gpiobroker-ledger-1","lines":[{"chip":")" + chip_.chip_name() +
               "\",\"label\":\"\xef\xbf\xbd\",\"name\":\"T\xef\xbf\xbdr\",\"offset\":0," +
               R"("safe":{"bias":"disabled","direction":"input"}}],"next-lease":9})");
  EXPECT_EQ(reset().end, exited(EXIT_SUCCESS));
  EXPECT_THAT(text_of(0), StartsWith("(<unused>) input"));
}

TEST_F(ADeadBrokerOfOddNames, HasWhatIsNotFoundKeptAndReported) {
  std::string text = ledger();
  const std::string name = R"("T\\xfcr")";
  ASSERT_THAT(text, HasSubstr(name));
  text.replace(text.find(name), name.size(), R"("another")");
  write_ledger(text);
  const CommandEnd helper = reset();
  EXPECT_EQ(helper.end, exited(EXIT_FAILURE));
  EXPECT_THAT(helper.output, HasSubstr("'another'"));
  EXPECT_THAT(text_of(0), StartsWith("(<unused>) output-high"));
  EXPECT_THAT(text_of(1), StartsWith("(<unused>) input"));
  EXPECT_THAT(ledger(), HasSubstr("another"));
  EXPECT_EQ(reset().end, exited(EXIT_FAILURE)) << "as long as nobody has seen to it";
}

}  // namespace
}  // namespace gpiobroker::test
