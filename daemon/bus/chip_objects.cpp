// SPDX-License-Identifier: GPL-2.0-or-later
// A chip's object comes with those of its lines, and goes after them.
#include "bus/chip_objects.h"

#include "bus/errors.h"
#include "bus/names.h"

namespace gpiobroker::bus {
namespace {

/// Announces a line, for which its chip is asked. One that does not answer, even the second time,
/// is not announced: it may be gone, which is announced soon, or be broken, which others have to
/// live with.
template <class Announce>
void announce_line(Announce announce) {
  constexpr int kAttempts = 2;
  for (int i = 0; i < kAttempts; ++i) {
    try {
      return announce();
    } catch (const sdbus::Error& error) {
      if (says_that_the_bus_is_gone(error)) throw;
    }
  }
}

}  // namespace

ChipObjects::ChipObjects(sdbus::IConnection& connection, const core::Broker& broker)
    : connection_(connection), broker_(broker) {
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
    lines_.emplace(line, std::make_unique<LineObject>(connection_, broker_, line));
  }
}

void ChipObjects::add(core::ChipId id) {
  make(id);
  chips_.at(id)->announce_added();
  for (const auto& entry : lines_) {
    if (entry.first.chip != id) continue;
    announce_line([&] { entry.second->announce_added(); });
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
  if (object == lines_.end()) return;
  announce_line([&] { object->second->announce_changed(); });
}

}  // namespace gpiobroker::bus
