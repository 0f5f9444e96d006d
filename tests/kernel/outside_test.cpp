// SPDX-License-Identifier: GPL-2.0-or-later
// What the bus hears of lines that programs outside the broker take, configure and give back.
#include "harness/broker_test.h"
#include "kernel/kernel_view.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

using gpiod::line::direction;

gpiod::line_config as(direction direction, const gpiod::line::offsets& lines) {
  gpiod::line_settings settings;
  settings.set_direction(direction);
  gpiod::line_config config;
  config.add_line_settings(lines, settings);
  return config;
}

class AProgramOutside : public BrokerTest {
 protected:
  AProgramOutside() {
    watcher_.watch(
        "type='signal',sender='org.gpiobroker1',member='PropertiesChanged',"
        "arg0='org.gpiobroker1.Line'");
  }

  [[nodiscard]] gpiod::line_request holding(Pin pin, direction as) const {
    return hold_directly(board_->chip_name(pin.chip), pin.offset, "stranger", as);
  }

  /// What was announced of each line so far: by its path, one after the other.
  std::map<std::string, std::vector<Json>>& announced() {
    for (const Json& signal : watcher_.signals()) {
      announced_[signal.at("path")].push_back(signal.at("arguments").at(1));
    }
    return announced_;
  }

  /// Whether a property of a line was announced to be that, last of all.
  bool is_announced(const std::string& path, const char* property, const Json& value) {
    return eventually([&] {
      const std::vector<Json>& changes = announced()[path];
      return !changes.empty() && changes.back().at(property) == value;
    });
  }

  std::size_t announcements(const std::string& path) { return announced()[path].size(); }

  /// Returns once all is announced that was to be when this was called: so is what comes last.
  void let_all_be_announced() {
    const std::string path = line_path("EXP7");
    const std::string lease = lease_in(client_.acquire({"EXP7"}, {}));
    EXPECT_TRUE(is_announced(path, "Lease", lease));
    EXPECT_THAT(client_.release(lease), Succeeded());
    EXPECT_TRUE(is_announced(path, "Lease", "/"));
  }

  ClientProcess client_ = client();
  ClientProcess watcher_ = client(kSomebodyElse);
  std::map<std::string, std::vector<Json>> announced_;
  std::string line17_ = line_path("GPIO17");
};

TEST_F(AProgramOutside, IsAnnouncedWhenItTakesALine) {
  const auto foreign = holding(kGpio17, direction::OUTPUT);
  ASSERT_TRUE(is_announced(line17_, "Consumer", "stranger"));
  const Json change = announced()[line17_].back();
  EXPECT_EQ(change.at("Used"), true);
  EXPECT_EQ(change.at("State"), "in-use");
  EXPECT_EQ(change.at("Direction"), "output");
}

TEST_F(AProgramOutside, IsAnnouncedWhenItConfiguresItsLine) {
  auto foreign = holding(kGpio17, direction::OUTPUT);
  ASSERT_TRUE(is_announced(line17_, "Direction", "output"));
  foreign.reconfigure_lines(as(direction::INPUT, {kGpio17.offset}));
  EXPECT_TRUE(is_announced(line17_, "Direction", "input"));
}

TEST_F(AProgramOutside, IsAnnouncedWhenItGivesItsLineBack) {
  auto foreign = holding(kGpio17, direction::OUTPUT);
  ASSERT_TRUE(is_announced(line17_, "Used", true));
  foreign.release();
  EXPECT_TRUE(is_announced(line17_, "Used", false));
  EXPECT_EQ(announced()[line17_].back().at("State"), "free");
  EXPECT_EQ(announced()[line17_].back().at("Consumer"), "");
}

TEST_F(AProgramOutside, IsNotAnnouncedWhenItSetsALevel) {
  auto foreign = holding(kGpio17, direction::OUTPUT);
  ASSERT_TRUE(is_announced(line17_, "Used", true));
  let_all_be_announced();
  const std::size_t before = announcements(line17_);
  for (int i = 0; i < 100; ++i) {
    foreign.set_value(kGpio17.offset, gpiod::line::value::INACTIVE);
    foreign.set_value(kGpio17.offset, gpiod::line::value::ACTIVE);
  }
  let_all_be_announced();
  EXPECT_EQ(announcements(line17_), before);
}

TEST_F(AProgramOutside, MayConfigureWithoutEndAndTheBrokerServesOthers) {
  constexpr int kRounds = 20000;
  auto foreign = holding(kGpio17, direction::OUTPUT);
  const auto input = as(direction::INPUT, {kGpio17.offset});
  const auto output = as(direction::OUTPUT, {kGpio17.offset});
  for (int i = 0; i < kRounds; ++i) {
    foreign.reconfigure_lines(input);
    foreign.reconfigure_lines(output);
    if (i % (kRounds / 20) == 0) {
      const std::string lease = lease_in(client_.acquire({"GPIO27"}, driven_high()));
      EXPECT_THAT(client_.release(lease), Succeeded());
    }
  }
  foreign.reconfigure_lines(input);
  EXPECT_TRUE(is_announced(line17_, "Direction", "input"));
}

TEST_F(AProgramOutside, MayTakeAndGiveBackBesideLeases) {
  constexpr int kRounds = 500;
  const std::vector<Pin> pins = {{0, 5}, {0, 17}, {0, 27}, {1, 3}};
  const std::vector<std::string> names = {"GPIO5", "GPIO17", "GPIO27", "EXP3"};
  for (int i = 0; i < kRounds; ++i) {
    const std::size_t one = static_cast<std::size_t>(i) % pins.size();
    const std::size_t other = static_cast<std::size_t>(i / 3) % pins.size();
    const auto foreign = holding(pins[one], direction::OUTPUT);
    const Reply reply = client_.acquire({names[other]}, driven_high());
    EXPECT_EQ(reply.error.empty(), one != other) << reply.message;
    if (!reply.error.empty()) continue;
    EXPECT_THAT(client_.release(lease_in(reply)), Succeeded());
  }
  const auto last = holding(pins[2], direction::OUTPUT);
  for (std::size_t i = 0; i < pins.size(); ++i) {
    EXPECT_TRUE(is_announced(line_path(names[i]), "Used", i == 2)) << names[i];
    EXPECT_EQ(line_info(board_->chip_name(pins[i].chip), pins[i].offset).used(), i == 2);
  }
}

TEST_F(AProgramOutside, IsToldFromTheBrokerWhichAnnouncesEachChangeOfItsOwnOnce) {
  const std::string lease = lease_in(client_.acquire({"GPIO17"}, driven_high()));
  let_all_be_announced();
  EXPECT_EQ(announcements(line17_), 1U);
  ASSERT_THAT(client_.reconfigure(lease, {}, {{"bias", v("s", "disabled")}}), Succeeded());
  let_all_be_announced();
  EXPECT_EQ(announcements(line17_), 2U);
  ASSERT_THAT(client_.release(lease), Succeeded());
  let_all_be_announced();
  EXPECT_EQ(announcements(line17_), 3U);
}

TEST_F(AProgramOutside, IsNotTakenForTheBrokersRefusedRequests) {
  const auto foreign = holding(kGpio27, direction::INPUT);
  ASSERT_TRUE(is_announced(line_path("GPIO27"), "Used", true));
  ASSERT_THAT(client_.acquire({"GPIO17", "GPIO27"}, driven_high()), RefusedFor("InUse"));
  let_all_be_announced();
  EXPECT_EQ(announcements(line17_), 0U);
  EXPECT_EQ(announcements(line_path("GPIO27")), 1U);
}

TEST_F(AProgramOutside, IsNotTakenForALeaseOfAllLinesOfAChip) {
  std::vector<std::string> most;
  for (int i = 0; i < 50; ++i) most.push_back("GPIO" + std::to_string(i));
  const std::string lease = lease_in(client_.acquire(most, driven_high()));
  ASSERT_THAT(client_.release(lease), Succeeded());
  let_all_be_announced();
  EXPECT_LE(announcements(line17_), 2U);
  EXPECT_EQ(announcements(line_path("GPIO52")), 0U);
}

/// As many lines as a request can have, which are more than the kernel's queue has room for.
class ALargeChip : public AProgramOutside {
 protected:
  static constexpr std::uint32_t kLines = 64;

  ALargeChip() {
    EXPECT_TRUE(eventually([this] {
      return observer_.call(on_manager("FindLine", "s", Json::array({"large:63"}))).error.empty();
    }));
    for (std::uint32_t i = 0; i < kLines; ++i) all_.emplace_back(i);
  }

  [[nodiscard]] gpiod::line_request hold_all() const {
    auto outputs = as(direction::OUTPUT, all_);
    return gpiod::chip(chip_.device())
        .prepare_request()
        .set_consumer("stranger")
        .set_line_config(outputs)
        .do_request();
  }

  void expect_all(const char* property, const Json& value) {
    for (std::uint32_t i = 0; i < kLines; ++i) {
      const std::string path = line_path("large:" + std::to_string(i));
      EXPECT_TRUE(is_announced(path, property, value)) << path << announced()[path].size();
      EXPECT_EQ(properties(path, kLine).at(property), value);
    }
  }

  GpioSim chip_{{.label = "large", .names = std::vector<std::string>(kLines)}};
  gpiod::line::offsets all_;
};

TEST_F(ALargeChip, IsAnnouncedAsItIsWhenAllOfItIsTakenAtOnce) {
  auto foreign = hold_all();
  expect_all("Used", true);
  foreign.release();
  expect_all("Used", false);
}

TEST_F(ALargeChip, IsAnnouncedAsItIsWhenMoreHappensThanTheKernelCanTell) {
  for (int i = 0; i < 100; ++i) hold_all().reconfigure_lines(as(direction::INPUT, all_));
  auto foreign = hold_all();
  for (int i = 0; i < 100; ++i) {
    foreign.reconfigure_lines(as(direction::INPUT, all_));
    foreign.reconfigure_lines(as(direction::OUTPUT, all_));
  }
  expect_all("Direction", "output");
  expect_all("Used", true);
  expect_all("Consumer", "stranger");
  foreign.release();
  expect_all("Used", false);
}

/// A line that the kernel itself keeps, of a chip that comes while the broker runs.
TEST_F(AProgramOutside, OrAPartOfTheKernelIsAnnouncedWithAChipThatComes) {
  observer_.watch("type='signal',sender='org.gpiobroker1',member='InterfacesAdded'");
  const GpioSim chip({.label = "hogged", .names = {"free", "taken"}, .hogs = {{{1}, "spi0 CS0"}}});
  Json added;
  EXPECT_TRUE(eventually([&] {
    for (const Json& signal : observer_.signals()) {
      const Json& interfaces = signal.at("arguments").at(1);
      if (interfaces.contains(kLine) && interfaces.at(kLine).at("Name") == "taken") {
        added = interfaces.at(kLine);
      }
    }
    return !added.is_null();
  }));
  EXPECT_EQ(added.value("Consumer", ""), "spi0 CS0");
  EXPECT_EQ(added.value("State", ""), "in-use");
}

TEST_F(AProgramOutside, IsHeardOnAChipThatWasPluggedInAgain) {
  for (int i = 0; i < 3; ++i) {
    const GpioSim chip({.label = "usb-gpio", .names = {"PLUG0"}});
    ASSERT_TRUE(eventually([&] {
      return observer_.call(on_manager("FindLine", "s", Json::array({"PLUG0"}))).error.empty();
    }));
    const std::string path = line_path("PLUG0");
    announced_.clear();
    {
      const auto foreign = hold_directly(chip.chip_name(), 0, "stranger", direction::INPUT);
      EXPECT_TRUE(is_announced(path, "Used", true));
    }
    EXPECT_TRUE(is_announced(path, "Used", false));
  }
}

}  // namespace
}  // namespace gpiobroker::test
