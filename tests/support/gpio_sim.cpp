// SPDX-License-Identifier: GPL-2.0-or-later
// The files of Documentation/admin-guide/gpio/gpio-sim.rst.
#include "support/gpio_sim.h"

#include <fstream>
#include <iostream>
#include <stdexcept>

namespace gpiobroker::test {
namespace {

namespace fs = std::filesystem;

const fs::path kConfigFolder = "/sys/kernel/config/gpio-sim";

void write(const fs::path& path, const std::string& text) {
  std::ofstream file(path);
  file << text << std::flush;
  if (!file) throw std::runtime_error("cannot write '" + text + "' to " + path.string());
}

std::string read(const fs::path& path) {
  std::ifstream file(path);
  std::string text;
  if (!(file >> text)) throw std::runtime_error("cannot read " + path.string());
  return text;
}

/// Not shared with a chip of the same time, nor with one that an earlier test left behind.
fs::path unused_folder() {
  for (int i = 0;; ++i) {
    const fs::path folder = kConfigFolder / ("test" + std::to_string(i));
    if (!fs::exists(folder)) return folder;
  }
}

/// configfs removes its own files with their folder, but a folder only when no other is in it.
void remove_folders(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) remove_folders(entry.path());
  }
  fs::remove(folder);
}

}  // namespace

GpioSim::GpioSim(const Setup& setup) : config_(unused_folder()) {
  const fs::path bank = config_ / "bank0";
  fs::create_directory(config_);
  fs::create_directory(bank);
  write(bank / "num_lines", std::to_string(setup.names.size()));
  write(bank / "label", setup.label);
  for (std::uint32_t i = 0; i < setup.names.size(); ++i) {
    const auto hog = setup.hogs.find(core::Offset{i});
    add_line(core::Offset{i}, setup.names[i], hog == setup.hogs.end() ? nullptr : &hog->second);
  }
  write(config_ / "live", "1");
  chip_name_ = read(bank / "chip_name");
  device_name_ = read(config_ / "dev_name");
}

void GpioSim::add_line(core::Offset line, const std::string& name, const std::string* hog) const {
  if (name.empty() && hog == nullptr) return;
  const fs::path folder = config_ / "bank0" / ("line" + std::to_string(line.value));
  fs::create_directory(folder);
  if (!name.empty()) write(folder / "name", name);
  if (hog == nullptr) return;
  fs::create_directory(folder / "hog");
  write(folder / "hog" / "name", *hog);
  write(folder / "hog" / "direction", "input");
}

GpioSim::~GpioSim() {
  try {
    unplug();
    remove_folders(config_);
  } catch (const std::exception& error) {
    std::cerr << "a simulated chip stays behind: " << error.what() << '\n';
  }
}

void GpioSim::unplug() {
  if (read(config_ / "live") == "1") write(config_ / "live", "0");
}

void GpioSim::pull(core::Offset line, bool up) const {
  write(pull_file(line), up ? "pull-up" : "pull-down");
}

fs::path GpioSim::pull_file(core::Offset line) const {
  return pin(line) / "pull";
}

bool GpioSim::is_high(core::Offset line) const {
  return read(pin(line) / "value") == "1";
}

fs::path GpioSim::pin(core::Offset line) const {
  return fs::path("/sys/devices/platform") / device_name_ / chip_name_ /
         ("sim_gpio" + std::to_string(line.value));
}

}  // namespace gpiobroker::test
