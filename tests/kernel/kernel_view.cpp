// SPDX-License-Identifier: GPL-2.0-or-later
// debugfs, and libgpiod.
#include "kernel/kernel_view.h"

#include <fstream>
#include <stdexcept>

namespace gpiobroker::test {

// A chip's part begins with its name and lists its lines in their order (drivers/gpio/gpio-sim.c,
// gpio_sim_dbg_show).
std::string debug_text(const std::string& chip_name, unsigned offset) {
  std::ifstream file("/sys/kernel/debug/gpio");
  std::string line;
  while (std::getline(file, line) && !line.starts_with(chip_name + ":")) {
  }
  for (unsigned i = 0; i <= offset; ++i) std::getline(file, line);
  const auto bracket = line.find('(');
  if (!file || bracket == std::string::npos) throw std::runtime_error("no such line in debugfs");
  return line.substr(bracket);
}

bool is_driven(const std::string& chip_name, unsigned offset) {
  return debug_text(chip_name, offset).find(") output") != std::string::npos;
}

bool is_driven(const Board& board, Pin pin) {
  return is_driven(board.chip_name(pin.chip), pin.offset);
}

gpiod::line_info line_info(const std::string& chip_name, unsigned offset) {
  return gpiod::chip("/dev/" + chip_name).get_line_info(offset);
}

gpiod::line_request hold_directly(const std::string& chip_name, unsigned offset,
                                  const std::string& consumer, gpiod::line::direction direction) {
  gpiod::line_settings settings;
  settings.set_direction(direction).set_output_value(gpiod::line::value::ACTIVE);
  return gpiod::chip("/dev/" + chip_name)
      .prepare_request()
      .set_consumer(consumer)
      .add_line_settings(offset, settings)
      .do_request();
}

}  // namespace gpiobroker::test
