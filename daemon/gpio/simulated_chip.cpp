// SPDX-License-Identifier: GPL-2.0-or-later
// Tells about lines, and makes requests.
#include "gpio/simulated_chip.h"

#include "core/base/spelling.h"
#include "gpio/request_rules.h"
#include "gpio/simulated_line_request.h"
#include "gpio/simulated_names.h"

namespace gpiobroker::gpio {

core::Result<core::LineInfo> SimulatedChip::line_info(core::Offset offset) const {
  if (auto valid = check_lines(info_, std::span(&offset, 1)); !valid) {
    return core::Refused(valid.error());
  }
  return lines_->info(offset);
}

core::Result<std::unique_ptr<core::LineRequest>> SimulatedChip::request(
    std::span<const core::Offset> offsets, std::string_view consumer) {
  if (auto valid = check_lines(info_, offsets); !valid) return core::Refused(valid.error());
  for (const core::Offset offset : offsets) {
    const core::LineInfo line = lines_->info(offset);
    if (line.used) return line_in_use(info_, offset, line);
  }
  return std::make_unique<SimulatedLineRequest>(lines_, std::vector(offsets.begin(), offsets.end()),
                                                core::name_from(cut_consumer(consumer)), loop_);
}

std::unique_ptr<core::Chip> make_simulated_chip(std::uint32_t number, std::uint32_t line_count,
                                                const std::string& label, EdgeSource* loop) {
  core::ChipInfo info{.name = "gpiochip" + std::to_string(number),
                      .label = label.empty() ? "pinctrl-bcm2711" : core::name_from(label),
                      .path = "",
                      .line_count = line_count};
  auto lines = std::make_shared<SimulatedLines>(simulated_names(info.label, line_count));
  return std::make_unique<SimulatedChip>(std::move(info), std::move(lines), loop);
}

}  // namespace gpiobroker::gpio
