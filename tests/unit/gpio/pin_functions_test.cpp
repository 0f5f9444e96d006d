// SPDX-License-Identifier: GPL-2.0-or-later
// Which pins of which controllers the lines of a chip are, in folders like the kernel's.
#include "gpio/pin_functions.h"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>

namespace gpiobroker::gpio {
namespace {

namespace fs = std::filesystem;
using core::Offset;

constexpr const char* kPin14IsUart = "pin 14 (gpio14) function alt4 (uart0) in hi; irq 0 (none)\n";
constexpr const char* kPin14IsFree = "pin 14 (gpio14) function gpio (gpio) in hi; irq 0 (none)\n";

std::string cells(const std::vector<std::uint32_t>& numbers) {
  std::string bytes;
  for (const std::uint32_t each : numbers) {
    for (const unsigned shift : {24U, 16U, 8U, 0U})
      bytes += static_cast<char>(each >> shift & 0xffU);
  }
  return bytes;
}

class AKernel : public testing::Test {
 protected:
  AKernel() {
    std::string path = fs::temp_directory_path() / "gpiobroker-pins.XXXXXX";
    folder_ = mkdtemp(path.data());
    sources_ = {.sysfs = folder_ / "sys", .controllers = folder_ / "pinctrl"};
  }
  ~AKernel() override { fs::remove_all(folder_); }

  static void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  /// A device on the platform bus, with a node in the device tree that others can refer to.
  void add_device(const std::string& device, std::uint32_t phandle = 0) {
    const fs::path folder = sources_.sysfs / "devices" / "platform" / "soc" / device;
    fs::create_directories(folder);
    if (phandle != 0) write(folder / "of_node" / "phandle", cells({phandle}));
    fs::create_directories(sources_.sysfs / "bus" / "platform" / "devices");
    fs::create_directory_symlink(folder, sources_.sysfs / "bus" / "platform" / "devices" / device);
  }

  void add_controller(const std::string& folder, const std::string& pins,
                      const std::string& claims = "") {
    write(sources_.controllers / folder / "pins", pins);
    write(sources_.controllers / folder / "pinmux-pins", claims);
  }

  /// A chip of a device's, with "gpio-ranges" of these cells.
  void add_chip(const std::string& device, const std::string& chip,
                const std::vector<std::uint32_t>& ranges = {}) {
    const fs::path folder = sources_.sysfs / "devices" / "platform" / "soc" / device / chip;
    fs::create_directories(folder);
    if (!ranges.empty()) write(folder / "of_node" / "gpio-ranges", cells(ranges));
    fs::create_directories(sources_.sysfs / "bus" / "gpio" / "devices");
    fs::create_directory_symlink(folder, sources_.sysfs / "bus" / "gpio" / "devices" / chip);
  }

  [[nodiscard]] std::string function_of(const std::string& chip, std::uint32_t offset,
                                        const std::string& label = "pinctrl-rp1") const {
    PinFunctions functions(sources_);
    const auto use = functions.use_of({.name = chip, .label = label, .path = "", .line_count = 54},
                                      Offset{offset}, std::nullopt);
    if (!use) return "unknown";
    return use->function.empty() ? "none" : use->function;
  }

  fs::path folder_;
  PinSources sources_;
};

TEST_F(AKernel, TellsOfEachChipByItsOwnController) {
  add_device("1f000d0000.gpio", 0x10);
  add_device("107d504100.pinctrl", 0x20);
  add_device("107d508500.gpio", 0x30);
  add_controller("1f000d0000.gpio-pinctrl-rp1", kPin14IsUart);
  add_controller("107d504100.pinctrl-pinctrl-bcm2712", kPin14IsFree);
  add_chip("1f000d0000.gpio", "gpiochip0", {0x10, 0, 0, 54});
  add_chip("107d508500.gpio", "gpiochip10", {0x20, 0, 0, 36});
  EXPECT_EQ(function_of("gpiochip0", 14), "uart0");
  EXPECT_EQ(function_of("gpiochip10", 14, "brcmstb@107d508500"), "none");
}

TEST_F(AKernel, CountsLinesAndPinsOfEachRangeFromItsStart) {
  add_device("c.pinctrl", 0x10);
  add_controller("c.pinctrl",
                 "pin 40 (a) function gpio in lo\npin 41 (b) function spi0 in lo\n"
                 "pin 7 (c) function i2c3 in lo\n");
  add_chip("c.pinctrl", "gpiochip0", {0x10, 0, 40, 2, 0x10, 2, 7, 1});
  EXPECT_EQ(function_of("gpiochip0", 0), "none");
  EXPECT_EQ(function_of("gpiochip0", 1), "spi0");
  EXPECT_EQ(function_of("gpiochip0", 2), "i2c3");
  EXPECT_EQ(function_of("gpiochip0", 3), "unknown");
}

TEST_F(AKernel, TellsOfADeviceOnAnyBusWhateverIsInItsName) {
  const fs::path device = sources_.sysfs / "bus" / "i2c" / "devices" / "0-0020";
  write(device / "of_node" / "phandle", cells({0x77}));
  add_controller("0-0020-mcp23017-gpio", "pin 3 (gpio3) function alt1 in lo\n");
  add_chip("expander", "gpiochip1", {0x77, 0, 0, 16});
  EXPECT_EQ(function_of("gpiochip1", 3), "alt1");
}

TEST_F(AKernel, ThatHasNoDeviceTreeTellsByWhatItSaysOfEachPin) {
  add_device("INTC1056:00");
  add_controller("INTC1056:00",
                 "pin 5 (GPP_A_5) 3:INTC1056:00 function alt2 in lo\n"
                 "pin 6 (GPP_A_6) 3:another function alt2 in lo\n");
  add_chip("INTC1056:00", "gpiochip0");
  EXPECT_EQ(function_of("gpiochip0", 3, "INTC1056:00"), "alt2");
  EXPECT_EQ(function_of("gpiochip0", 5, "INTC1056:00"), "unknown");
}

TEST_F(AKernel, TellsNothingOfAChipOnNoController) {
  add_device("1f000d0000.gpio", 0x10);
  add_controller("1f000d0000.gpio-pinctrl-rp1", kPin14IsUart);
  add_device("expander");
  add_chip("expander", "gpiochip1");
  EXPECT_EQ(function_of("gpiochip1", 14), "unknown");
  EXPECT_EQ(function_of("gpiochip7", 14), "unknown");
}

TEST_F(AKernel, TellsNothingWithoutDebugfs) {
  add_device("1f000d0000.gpio", 0x10);
  add_chip("1f000d0000.gpio", "gpiochip0", {0x10, 0, 0, 54});
  EXPECT_EQ(function_of("gpiochip0", 14), "unknown");
}

TEST_F(AKernel, IsAskedOnceATurnAndAgainAfterTheBrokersOwnDoing) {
  add_device("1f000d0000.gpio", 0x10);
  add_chip("1f000d0000.gpio", "gpiochip0", {0x10, 0, 0, 54});
  add_controller("1f000d0000.gpio-pinctrl-rp1", kPin14IsUart);
  const core::ChipInfo chip{
      .name = "gpiochip0", .label = "pinctrl-rp1", .path = "", .line_count = 54};
  PinFunctions functions(sources_);
  const auto serves = [&](std::optional<std::uint64_t> turn) {
    return functions.use_of(chip, Offset{14}, turn).value().serves_peripheral();
  };
  EXPECT_TRUE(serves(1));
  add_controller("1f000d0000.gpio-pinctrl-rp1", kPin14IsFree);
  EXPECT_TRUE(serves(1));
  EXPECT_FALSE(serves(2));
  add_controller("1f000d0000.gpio-pinctrl-rp1", kPin14IsUart);
  functions.forget();
  EXPECT_TRUE(serves(2));
  add_controller("1f000d0000.gpio-pinctrl-rp1", kPin14IsFree);
  EXPECT_FALSE(serves(std::nullopt));
}

}  // namespace
}  // namespace gpiobroker::gpio
