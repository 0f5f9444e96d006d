// SPDX-License-Identifier: GPL-2.0-or-later
// org.gpiobroker1.Line on the bus: what the kernel and the broker know of a line.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include <sdbus-c++/sdbus-c++.h>

#include "bus/wire/outbox.h"
#include "core/broker/broker.h"
#include "org.gpiobroker1.Line_adaptor.h"

namespace gpiobroker::bus {

/// A line that its chip does not tell of has properties all the same: one such line must not keep
/// everybody from hearing of all others.
class LineObject final : public sdbus::AdaptorInterfaces<org::gpiobroker1::Line_adaptor> {
 public:
  struct Hooks {
    /// The chip does not tell of the line any more, and why; and it does again.
    std::function<void(core::LineId, const core::Refusal& why)> unreadable;
    std::function<void(core::LineId)> readable_again;

    /// The number of the turn that the loop is in, or nothing while it does not run.
    std::function<std::optional<std::uint64_t>()> turn;
  };

  LineObject(sdbus::IConnection& connection, const core::Broker& broker, core::LineId line,
             const Hooks& hooks);
  LineObject(const LineObject&) = delete;
  LineObject& operator=(const LineObject&) = delete;
  ~LineObject() { unregisterAdaptor(); }

  void announce_added(Outbox& outbox) { outbox.added(getObject(), INTERFACE_NAME); }
  void announce_changed(Outbox& outbox) { outbox.changed(getObject(), INTERFACE_NAME); }

 private:
  sdbus::ObjectPath Chip() override;
  std::uint32_t Offset() override { return line_.offset.value; }
  Text Name() override;
  std::uint32_t HeaderPin() override;
  Text State() override;
  Text Function() override;
  sdbus::ObjectPath Lease() override;
  bool Used() override;
  Text Consumer() override;
  Text Direction() override;
  Text Edge() override;
  Text Bias() override;
  Text Drive() override;
  bool ActiveLow() override;
  std::uint32_t DebouncePeriod() override;
  Text EventClock() override;

  [[nodiscard]] const core::ChipInfo& chip() const;
  [[nodiscard]] const core::LineInfo* info();
  void ask();
  template <class Setting>
  [[nodiscard]] Text word_for(Setting core::LineSettings::*setting);

  const core::Broker& broker_;
  core::LineId line_;
  const Hooks& hooks_;
  std::optional<core::LineInfo> info_;     // what the chip said when it was last asked, if it did
  std::optional<std::uint64_t> asked_in_;  // the turn in which that was
  bool unreadable_ = false;                // the chip did not tell of it then
};

}  // namespace gpiobroker::bus
