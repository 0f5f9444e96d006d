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
  const auto info = line_info(line);
  if (info && !info->name.empty()) words += " " + in_quotes(info->name);
  return words;
}

}  // namespace gpiobroker::core
