// SPDX-License-Identifier: GPL-2.0-or-later
// Finds chips by their ids, and words for their lines.
#include "core/chip/chip_set.h"

#include "core/base/text.h"

namespace gpiobroker::core {

ChipId ChipSet::attach(std::unique_ptr<Chip> chip) {
  const ChipId id{next_id_++};
  chip->set_id(id);
  chips_.emplace(id, std::move(chip));
  return id;
}

Result<LineInfo> ChipSet::line_info(LineId line) const {
  return at(line.chip).line_info(line.offset);
}

std::string ChipSet::describe(LineId line) const {
  if (!chips_.contains(line.chip))
    return "line " + std::to_string(line.offset.value) + " of a chip that is gone";
  std::string words = at(line.chip).info().name + ":" + std::to_string(line.offset.value);
  const std::string name = name_of(line);
  if (!name.empty()) words += " " + in_quotes(name);
  return words;
}

/// Asks once: lines do not change their names, and whoever words an event is not to wait for a
/// chip.
std::string ChipSet::name_of(LineId line) const {
  const auto known = names_.find(line);
  if (known != names_.end()) return known->second;
  const auto info = line_info(line);
  return info ? names_.emplace(line, info->name).first->second : "";
}

void ChipSet::detach(ChipId id) {
  chips_.erase(id);
  std::erase_if(names_, [id](const auto& entry) { return entry.first.chip == id; });
}

}  // namespace gpiobroker::core
