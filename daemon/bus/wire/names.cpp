// SPDX-License-Identifier: GPL-2.0-or-later
// Object paths. Kernel chip names hold letters, digits, '-' and '_' only; of these, '-' may not
// stand in a path.
#include "bus/wire/names.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string_view>

namespace gpiobroker::bus {
namespace {

sdbus::ObjectPath join(std::string folder, std::string_view name) {
  folder += '/';
  folder += name;
  return sdbus::ObjectPath(std::move(folder));
}

}  // namespace

sdbus::ObjectPath chip_path(const core::ChipInfo& chip) {
  std::string name = chip.name;
  std::ranges::replace_if(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return join(join(kRootPath, "chips"), name);
}

sdbus::ObjectPath line_path(const core::ChipInfo& chip, core::Offset line) {
  return join(chip_path(chip), std::to_string(line.value));
}

sdbus::ObjectPath lease_path(core::LeaseId lease) {
  return join(join(kRootPath, "leases"), std::to_string(lease.value));
}

core::LeaseId lease_id(const sdbus::ObjectPath& path) {
  const std::string prefix = lease_path({}).substr(0, lease_path({}).size() - 1);
  core::LeaseId id;
  if (!path.starts_with(prefix)) return id;
  const char* const end = path.data() + path.size();
  const auto [rest, error] = std::from_chars(path.data() + prefix.size(), end, id.value);
  return error == std::errc() && rest == end ? id : core::LeaseId{};
}

}  // namespace gpiobroker::bus
