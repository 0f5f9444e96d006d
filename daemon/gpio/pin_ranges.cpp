// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the device tree through sysfs, and passes over what is not there or cannot be read.
#include "gpio/pin_ranges.h"

#include <map>
#include <system_error>

#include "gpio/text_file.h"

namespace gpiobroker::gpio {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCell = 4;  // bytes
constexpr std::size_t kCellsOfARange = 4;

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code gone;
  for (fs::directory_iterator entry(folder, gone), end; !gone && entry != end;
       entry.increment(gone)) {
    entries.push_back(entry->path());
  }
  return entries;
}

/// Big-endian, as all of a device tree.
std::vector<std::uint32_t> cells_of(const fs::path& property) {
  const std::string bytes = text_of(property);
  std::vector<std::uint32_t> cells(bytes.size() / kCell);
  for (std::size_t i = 0; i < cells.size() * kCell; ++i) {
    cells[i / kCell] = cells[i / kCell] << 8U | static_cast<unsigned char>(bytes[i]);
  }
  return cells;
}

/// The devices that a controller's folder may be named after: "DEVICE" or "DEVICE-CONTROLLER", and
/// either may have a "-" in it.
std::vector<fs::path> devices_of(const PinSources& sources, const fs::path& controller) {
  const std::string name = controller.filename();
  std::vector<fs::path> devices;
  for (const fs::path& bus : entries_of(sources.sysfs / "bus")) {
    for (std::size_t end = name.find('-');; end = name.find('-', end + 1)) {
      fs::path device = bus / "devices" / name.substr(0, end);
      std::error_code gone;
      if (fs::exists(device, gone)) devices.push_back(std::move(device));
      if (end == std::string::npos) break;
    }
  }
  return devices;
}

/// The folder of each controller that is in the device tree, by its phandle.
std::map<std::uint32_t, fs::path> controllers_by_phandle(const PinSources& sources) {
  std::map<std::uint32_t, fs::path> found;
  for (const fs::path& controller : entries_of(sources.controllers)) {
    for (const fs::path& device : devices_of(sources, controller)) {
      const auto phandle = cells_of(device / "of_node" / "phandle");
      if (phandle.size() == 1) found.emplace(phandle.front(), controller);
    }
  }
  return found;
}

fs::path folder_of(const PinSources& sources, const std::string& chip) {
  return sources.sysfs / "bus" / "gpio" / "devices" / chip;
}

/// The folder of a chip lies in that of its device.
fs::path device_of(const PinSources& sources, const std::string& chip) {
  std::error_code gone;
  const fs::path folder = fs::canonical(folder_of(sources, chip), gone);
  return gone ? fs::path() : folder.parent_path();
}

}  // namespace

std::vector<PinRange> ranges_in_device_tree(const PinSources& sources, const std::string& chip) {
  const auto cells = cells_of(folder_of(sources, chip) / "of_node" / "gpio-ranges");
  if (cells.empty()) return {};
  const auto controllers = controllers_by_phandle(sources);
  std::vector<PinRange> ranges;
  for (std::size_t i = 0; i + kCellsOfARange <= cells.size(); i += kCellsOfARange) {
    const auto controller = controllers.find(cells[i]);
    if (controller == controllers.end() || cells[i + 3] == 0) continue;
    ranges.push_back({controller->second, cells[i + 1], cells[i + 2], cells[i + 3]});
  }
  return ranges;
}

std::vector<fs::path> own_controllers(const PinSources& sources, const std::string& chip) {
  const std::string device = device_of(sources, chip).filename();
  std::vector<fs::path> own;
  if (device.empty()) return own;
  for (const fs::path& controller : entries_of(sources.controllers)) {
    const std::string name = controller.filename();
    if (name == device || name.starts_with(device + "-")) own.push_back(controller);
  }
  return own;
}

}  // namespace gpiobroker::gpio
