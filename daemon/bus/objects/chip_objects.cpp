// SPDX-License-Identifier: GPL-2.0-or-later
// Adds a chip's object before those of its lines, and removes it after them.
#include "bus/objects/chip_objects.h"

#include <utility>

#include "bus/wire/names.h"

namespace gpiobroker::bus {
ChipObjects::ChipObjects(sdbus::IConnection& connection, Outbox& outbox, const core::Broker& broker,
                         LineObject::Hooks hooks)
    : connection_(connection), outbox_(outbox), broker_(broker), hooks_(std::move(hooks)) {
  for (const auto& [id, chip] : broker.board().chips().all()) make(id);
}

void ChipObjects::make(core::ChipId id) {
  core::Chip& chip = broker_.board().chips().at(id);
  chips_.emplace(id, std::make_unique<ChipObject>(connection_, chip));
  if (chip.simulation() != nullptr) {
    simulations_.emplace(id, std::make_unique<SimulationObject>(connection_, chip));
  }
  for (std::uint32_t offset = 0; offset < chip.info().line_count; ++offset) {
    const core::LineId line{id, core::Offset{offset}};
    lines_.emplace(line, std::make_unique<LineObject>(connection_, broker_, line, hooks_));
  }
}

void ChipObjects::add(core::ChipId id) {
  make(id);
  chips_.at(id)->announce_added(outbox_);
  for (const auto& entry : lines_) {
    if (entry.first.chip == id) entry.second->announce_added(outbox_);
  }
}

void ChipObjects::remove(core::ChipId id, const AnnounceRemoved& announce) {
  const core::ChipInfo& info = broker_.board().chips().at(id).info();
  std::erase_if(lines_, [&](const auto& entry) { return entry.first.chip == id; });
  simulations_.erase(id);
  chips_.erase(id);
  for (std::uint32_t offset = 0; offset < info.line_count; ++offset) {
    announce(line_path(info, core::Offset{offset}), org::gpiobroker1::Line_adaptor::INTERFACE_NAME);
  }
  announce(chip_path(info), org::gpiobroker1::Chip_adaptor::INTERFACE_NAME);
}

void ChipObjects::announce_changed(core::LineId line) {
  const auto object = lines_.find(line);
  if (object != lines_.end()) object->second->announce_changed(outbox_);
}

}  // namespace gpiobroker::bus
