// SPDX-License-Identifier: GPL-2.0-or-later
// Owns the objects of the chips that are there, and of their lines.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "bus/objects/chip_object.h"
#include "bus/objects/line_object.h"
#include "core/broker/broker.h"

namespace gpiobroker::bus {

class ChipObjects {
 public:
  /// Says that an object is gone: its path and interface.
  using AnnounceRemoved = std::function<void(const sdbus::ObjectPath&, const char* interface)>;

  /// Puts the broker's chips on the connection, without announcing them.
  ChipObjects(sdbus::IConnection& connection, Outbox& outbox, const core::Broker& broker,
              LineObject::Hooks hooks);

  /// Puts a chip that has come on the bus, and takes one off that is about to be detached.
  void add(core::ChipId id);
  void remove(core::ChipId id, const AnnounceRemoved& announce);

  /// Something about a line is not as it was. Of one whose chip is gone there is nothing to say.
  void announce_changed(core::LineId line);

  /// How many objects there are.
  [[nodiscard]] std::size_t object_count() const { return chips_.size() + lines_.size(); }

 private:
  void make(core::ChipId id);

  sdbus::IConnection& connection_;
  Outbox& outbox_;
  const core::Broker& broker_;
  LineObject::Hooks hooks_;
  std::map<core::ChipId, std::unique_ptr<ChipObject>> chips_;  // every attached chip's object
  std::map<core::ChipId, std::unique_ptr<SimulationObject>> simulations_;
  std::map<core::LineId, std::unique_ptr<LineObject>> lines_;  // every line's object
};

}  // namespace gpiobroker::bus
