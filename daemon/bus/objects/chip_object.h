// SPDX-License-Identifier: GPL-2.0-or-later
// org.gpiobroker1.Chip on the bus, and org.gpiobroker1.Simulation where the chip is simulated.
#pragma once

#include <memory>

#include <sdbus-c++/sdbus-c++.h>

#include "bus/wire/outbox.h"
#include "core/chip/chip.h"
#include "org.gpiobroker1.Chip_adaptor.h"
#include "org.gpiobroker1.Simulation_adaptor.h"

namespace gpiobroker::bus {

/// The object of an attached chip, which it must not outlive.
class ChipObject final : public sdbus::AdaptorInterfaces<org::gpiobroker1::Chip_adaptor> {
 public:
  ChipObject(sdbus::IConnection& connection, const core::Chip& chip);
  ChipObject(const ChipObject&) = delete;
  ChipObject& operator=(const ChipObject&) = delete;
  ~ChipObject() { unregisterAdaptor(); }

  void announce_added(Outbox& outbox) { outbox.added(getObject(), INTERFACE_NAME); }

 private:
  Text Name() override { return chip_.info().name; }
  Text Label() override { return chip_.info().label; }
  Text Device() override { return chip_.info().path; }
  std::uint32_t LineCount() override { return chip_.info().line_count; }

  const core::Chip& chip_;
};

/// The second interface on the path of a simulated chip.
class SimulationObject final
    : public sdbus::AdaptorInterfaces<org::gpiobroker1::Simulation_adaptor> {
 public:
  SimulationObject(sdbus::IConnection& connection, core::Chip& chip);
  SimulationObject(const SimulationObject&) = delete;
  SimulationObject& operator=(const SimulationObject&) = delete;
  ~SimulationObject() { unregisterAdaptor(); }

 private:
  void DriveInput(const std::uint32_t& offset, const std::int32_t& value) override;
  void SelectFunction(const std::uint32_t& offset, const std::string& function) override;
  std::tuple<bool, std::int32_t, Text> ReadPin(const std::uint32_t& offset) override;

  core::Simulation& pins_;
};

}  // namespace gpiobroker::bus
