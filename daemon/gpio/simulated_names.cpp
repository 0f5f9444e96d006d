// SPDX-License-Identifier: GPL-2.0-or-later
// Source: Linux, arch/arm/boot/dts/broadcom/bcm2711-rpi-4-b.dts, gpio-line-names.
#include "gpio/simulated_names.h"

#include <sstream>

#include "core/line/pi_header.h"

namespace gpiobroker::gpio {
namespace {

constexpr std::uint32_t kHeaderLines = 28;

// From line 28 on; RGMIO is the device tree's own spelling.
constexpr const char* kBoardLines =
    "RGMII_MDIO RGMIO_MDC CTS0 RTS0 TXD0 RXD0 SD1_CLK SD1_CMD SD1_DATA0 SD1_DATA1 SD1_DATA2 "
    "SD1_DATA3 PWM0_MISO PWM1_MOSI STATUS_LED_G_CLK SPIFLASH_CE_N SDA0 SCL0 RGMII_RXCLK "
    "RGMII_RXCTL RGMII_RXD0 RGMII_RXD1 RGMII_RXD2 RGMII_RXD3 RGMII_TXCLK RGMII_TXCTL RGMII_TXD0 "
    "RGMII_TXD1 RGMII_TXD2 RGMII_TXD3";

std::vector<std::string> numbered(const std::string& prefix, std::uint32_t count) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < count; ++i) names.push_back(prefix + std::to_string(i));
  return names;
}

std::vector<std::string> names_on_raspberry_pi() {
  std::vector<std::string> names = numbered("GPIO", kHeaderLines);
  names[0] = "ID_SDA";
  names[1] = "ID_SCL";
  std::istringstream board(kBoardLines);
  for (std::string name; board >> name;) names.push_back(name);
  return names;
}

}  // namespace

std::vector<std::string> simulated_names(std::string_view chip_label, std::uint32_t line_count) {
  if (!core::carries_header(chip_label)) return numbered("EXP", line_count);
  std::vector<std::string> names = names_on_raspberry_pi();
  names.resize(line_count);
  return names;
}

}  // namespace gpiobroker::gpio
