// SPDX-License-Identifier: GPL-2.0-or-later
// A chip of the kernel's own simulator, gpio-sim, made and removed by configfs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/line/line_id.h"

namespace gpiobroker::test {

/// Lives as long as the object. Needs root, and a kernel with gpio-sim; throws where either lacks.
///
/// What it cannot do (Linux, drivers/gpio/gpio-sim.c): a pin from outside is pulled up or down,
/// never left alone; bias disabled is ignored; a released line goes to its pull by itself.
class GpioSim {
 public:
  struct Setup {
    std::string label;
    std::vector<std::string> names;                 ///< one a line; empty for a line without a name
    std::map<core::Offset, std::string> hogs = {};  ///< lines the kernel keeps, and as whom
  };

  explicit GpioSim(const Setup& setup);
  GpioSim(const GpioSim&) = delete;
  GpioSim& operator=(const GpioSim&) = delete;
  ~GpioSim();

  /// "gpiochip0", and its device node.
  [[nodiscard]] const std::string& chip_name() const { return chip_name_; }
  [[nodiscard]] std::filesystem::path device() const { return "/dev/" + chip_name_; }

  /// Pulls a pin from outside.
  void pull(core::Offset line, bool up) const;

  /// The file that pull() writes to, for those who do so often.
  [[nodiscard]] std::filesystem::path pull_file(core::Offset line) const;

  /// The level on the pin, whoever drives it.
  [[nodiscard]] bool is_high(core::Offset line) const;

  /// Unplugs the chip, whoever holds lines of it.
  void unplug();

 private:
  [[nodiscard]] std::filesystem::path pin(core::Offset line) const;
  void add_line(core::Offset line, const std::string& name, const std::string* hog) const;

  std::filesystem::path config_;  // its folder in configfs
  std::string chip_name_;
  std::string device_name_;
};

}  // namespace gpiobroker::test
