// SPDX-License-Identifier: GPL-2.0-or-later
// org.gpiobroker1.Line on the bus: what the kernel and the broker know of a line.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include "core/broker.h"
#include "org.gpiobroker1.Line_adaptor.h"

namespace gpiobroker::bus {

class LineObject final : public sdbus::AdaptorInterfaces<org::gpiobroker1::Line_adaptor> {
 public:
  LineObject(sdbus::IConnection& connection, const core::Broker& broker, core::LineId line);
  LineObject(const LineObject&) = delete;
  LineObject& operator=(const LineObject&) = delete;
  ~LineObject() { unregisterAdaptor(); }

  void announce_added();
  void announce_changed();

 private:
  sdbus::ObjectPath Chip() override;
  std::uint32_t Offset() override { return line_.offset.value; }
  std::string Name() override;
  std::uint32_t HeaderPin() override;
  std::string State() override;
  sdbus::ObjectPath Lease() override;
  bool Used() override { return info().used; }
  std::string Consumer() override { return info().consumer; }
  std::string Direction() override;
  std::string Edge() override;
  std::string Bias() override;
  std::string Drive() override;
  bool ActiveLow() override { return info().settings.active_low; }
  std::uint32_t DebouncePeriod() override;
  std::string EventClock() override;

  [[nodiscard]] const core::ChipInfo& chip() const;
  [[nodiscard]] core::LineInfo info() const;

  const core::Broker& broker_;
  core::LineId line_;
};

}  // namespace gpiobroker::bus
