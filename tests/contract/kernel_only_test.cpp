// SPDX-License-Identifier: GPL-2.0-or-later
// What only the kernel can show: lines that it keeps, device nodes, and who may open them.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/fsuid.h>
#include <sys/stat.h>

#include "gpio/chip_nodes.h"
#include "gpio/kernel_chip.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

namespace fs = std::filesystem;

using core::Offset;
using core::Reason;

constexpr uid_t kNobody = 65534;

GpioSim::Setup two_lines() {
  return {.label = "two-lines", .names = {"GPIO4", ""}};
}

TEST(TheKernelChip, NamesWhatTheKernelKeepsALineFor) {
  const GpioSim sim({.label = "hogged", .names = {"GPIO4", ""}, .hogs = {{Offset{0}, "w1"}}});
  const auto chip = std::move(gpio::KernelChip::open(sim.device()).value());
  const auto request = chip->request(std::vector{Offset{1}, Offset{0}}, "test");
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().reason, Reason::in_use);
  EXPECT_EQ(request.error().message,
            "line " + sim.chip_name() + ":0 'GPIO4' is in use outside the broker by 'w1'");
}

TEST(TheKernelChip, IsNotOpenedFromAFileThatIsNoChip) {
  const auto chip = gpio::KernelChip::open("/dev/null");
  ASSERT_FALSE(chip);
  EXPECT_NE(chip.error().message.find("/dev/null"), std::string::npos) << chip.error().message;
}

TEST(TheKernelChip, IsGoneForWhoOpensItAfterItWasUnplugged) {
  GpioSim sim(two_lines());
  const auto device = sim.device();
  sim.unplug();
  const auto chip = gpio::KernelChip::open(device);
  ASSERT_FALSE(chip);
  EXPECT_EQ(chip.error().reason, Reason::chip_gone) << chip.error().message;
}

TEST(TheKernelChip, StaysGoneWhenAnotherTakesItsNumber) {
  auto first = std::make_unique<GpioSim>(two_lines());
  const auto device = first->device();
  const auto chip = std::move(gpio::KernelChip::open(device).value());
  first.reset();
  const GpioSim second(two_lines());
  const auto info = chip->line_info(Offset{0});
  ASSERT_FALSE(info);
  EXPECT_EQ(info.error().reason, Reason::chip_gone);
}

std::vector<std::string> names_of(const std::vector<std::unique_ptr<core::Chip>>& chips) {
  std::vector<std::string> names;
  for (const auto& chip : chips) names.push_back(chip->info().name);
  return names;
}

TEST(TheChipsOfTheMachine, AreFoundInTheOrderOfTheirNumbers) {
  std::vector<std::unique_ptr<GpioSim>> sims;
  std::vector<std::string> expected;
  for (int i = 0; i < 12; ++i) {
    sims.push_back(std::make_unique<GpioSim>(two_lines()));
    expected.push_back(sims.back()->chip_name());
  }
  const auto found = gpio::ChipNodes().look();
  EXPECT_EQ(names_of(found.opened), expected);
  EXPECT_EQ(found.opened.front()->info().path, sims.front()->device());
  EXPECT_TRUE(found.unopened.empty());
}

TEST(TheChipsOfTheMachine, AreNotFoundASecondTimeThroughALink) {
  const GpioSim sim(two_lines());
  const fs::path link = "/dev/gpiochip99";
  fs::create_symlink(sim.device(), link);
  const auto found = gpio::ChipNodes().look();
  fs::remove(link);
  EXPECT_EQ(names_of(found.opened), std::vector{sim.chip_name()});
}

TEST(TheChipsOfTheMachine, AreKnownByTheLinksToTheirNodes) {
  const GpioSim sim(two_lines());
  const fs::path link = "/dev/relays";
  fs::create_symlink(sim.device().filename(), link);
  gpio::ChipNodes nodes;
  (void)nodes.look();
  EXPECT_EQ(nodes.links(), (core::ChipLinks{{"relays", sim.chip_name()}}));
  fs::remove(link);
  (void)nodes.look();
  EXPECT_TRUE(nodes.links().empty());
}

TEST(TheChipsOfTheMachine, AreOpenedOnceHoweverManyNodesTheyHave) {
  const GpioSim sim(two_lines());
  struct stat status {};
  ASSERT_EQ(stat(sim.device().c_str(), &status), 0);
  const fs::path further = "/dev/gpiochip97";
  ASSERT_EQ(mknod(further.c_str(), S_IFCHR | 0600, status.st_rdev), 0);
  gpio::ChipNodes nodes;
  const auto found = nodes.look();
  const auto again = nodes.look();
  fs::remove(further);
  EXPECT_EQ(names_of(found.opened), std::vector{sim.chip_name()});
  EXPECT_EQ(found.notes.size(), 1U);
  EXPECT_TRUE(again.opened.empty());
  EXPECT_TRUE(again.gone.empty());
  EXPECT_TRUE(again.notes.empty()) << "told once";
}

TEST(TheChipsOfTheMachine, AreGoneWhenTheKernelSaysSoAndNotWhenTheirNodesAre) {
  GpioSim sim(two_lines());
  gpio::ChipNodes nodes;
  ASSERT_EQ(nodes.look().opened.size(), 1U);
  fs::remove(sim.device());
  const auto hidden = nodes.look();
  EXPECT_TRUE(hidden.gone.empty());
  EXPECT_EQ(hidden.notes.size(), 1U);
  sim.unplug();
  EXPECT_EQ(nodes.look().gone, std::vector{sim.chip_name()});
}

TEST(TheChipsOfTheMachine, AreNotEveryFileThatIsNamedLikeThem) {
  const GpioSim sim(two_lines());
  const fs::path impostor = "/dev/gpiochip98";
  std::ofstream(impostor) << "no chip\n";
  const auto found = gpio::ChipNodes().look();
  fs::remove(impostor);
  EXPECT_EQ(names_of(found.opened), std::vector{sim.chip_name()});
  EXPECT_TRUE(found.unopened.empty());
}

TEST(TheChipsOfTheMachine, ComeWithAdviceIfTheyMayNotBeOpened) {
  const GpioSim sim(two_lines());
  fs::permissions(sim.device(), fs::perms::none);
  setfsuid(kNobody);
  const auto found = gpio::ChipNodes().look();
  setfsuid(0);
  EXPECT_TRUE(found.opened.empty());
  ASSERT_EQ(found.unopened.size(), 1U);
  EXPECT_EQ(found.unopened.front().path, sim.device());
  EXPECT_EQ(found.unopened.front().why,
            "cannot open " + sim.device().string() +
                ": Permission denied; run the broker as root, or let it have the device");
}

}  // namespace
}  // namespace gpiobroker::test
