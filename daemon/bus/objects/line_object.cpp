// SPDX-License-Identifier: GPL-2.0-or-later
// Asks the kernel when properties are read, once for all of a turn, so that none is out of date.
#include "bus/objects/line_object.h"

#include <utility>

#include "bus/wire/names.h"
#include "core/chip/peripheral.h"
#include "core/line/pi_header.h"
#include "core/line/vocabulary.h"

namespace gpiobroker::bus {
namespace {

constexpr const char* kUnknown = "unknown";

}  // namespace

LineObject::LineObject(sdbus::IConnection& connection, const core::Broker& broker,
                       core::LineId line, const Hooks& hooks)
    : AdaptorInterfaces(connection,
                        line_path(broker.board().chips().at(line.chip).info(), line.offset)),
      broker_(broker),
      line_(line),
      hooks_(hooks) {
  registerAdaptor();
}

sdbus::ObjectPath LineObject::Chip() {
  return chip_path(chip());
}

Text LineObject::Name() {
  return broker_.board().directory().name_of(line_);
}

std::uint32_t LineObject::HeaderPin() {
  if (!core::carries_header(chip().label)) return 0;
  return static_cast<std::uint32_t>(core::header_pin_of(line_.offset).value_or(0));
}

Text LineObject::State() {
  if (broker_.leases().of_line(line_) != nullptr) return "leased";
  const bool may_be_driven = broker_.outstanding().with(line_) != nullptr;
  if (may_be_driven || broker_.quarantine().find(line_) != nullptr) return "quarantined";
  if (broker_.held().keeps(line_)) return "kept";
  if (!broker_.held().holds(line_)) {
    const core::LineInfo* line = info();
    if (!line) return kUnknown;
    if (line->used) return "in-use";
  }
  return core::peripheral_of(broker_.board().chips(), line_).empty() ? "free" : "peripheral";
}

Text LineObject::Function() {
  return core::peripheral_of(broker_.board().chips(), line_);
}

sdbus::ObjectPath LineObject::Lease() {
  const core::Lease* lease = broker_.leases().of_line(line_);
  return lease == nullptr ? sdbus::ObjectPath(kNoObject) : lease_path(lease->id);
}

/// Of a line that nobody knows of: yes, so that nobody takes it for free.
bool LineObject::Used() {
  const core::LineInfo* line = info();
  return !line || line->used;
}

Text LineObject::Consumer() {
  const core::LineInfo* line = info();
  return line ? Text(line->consumer) : Text();
}

Text LineObject::Direction() {
  return word_for(&core::LineSettings::direction);
}

Text LineObject::Edge() {
  return word_for(&core::LineSettings::edge);
}

Text LineObject::Bias() {
  return word_for(&core::LineSettings::bias);
}

Text LineObject::Drive() {
  return word_for(&core::LineSettings::drive);
}

bool LineObject::ActiveLow() {
  const core::LineInfo* line = info();
  return line && line->settings.active_low;
}

std::uint32_t LineObject::DebouncePeriod() {
  const core::LineInfo* line = info();
  return line ? static_cast<std::uint32_t>(line->settings.debounce.count()) : 0;
}

Text LineObject::EventClock() {
  return word_for(&core::LineSettings::event_clock);
}

template <class Setting>
Text LineObject::word_for(Setting core::LineSettings::*setting) {
  const core::LineInfo* line = info();
  return line ? core::to_word(line->settings.*setting) : kUnknown;
}

const core::ChipInfo& LineObject::chip() const {
  return broker_.board().chips().at(line_.chip).info();
}

/// What is asked for in a turn of the loop serves for the rest of it: all properties of a line are
/// read one by one, for an announcement or a client. In a turn one message is read, or one burst is
/// announced, and neither changes a line after it has read one, so the broker itself makes nothing
/// out of date. What others do in this moment they could do in the next; that is announced.
const core::LineInfo* LineObject::info() {
  const auto turn = hooks_.turn();
  if (!turn || asked_in_ != turn) ask();
  asked_in_ = turn;
  return info_ ? &*info_ : nullptr;
}

/// Asks a second time: what is announced now is not announced again so soon.
void LineObject::ask() {
  const core::ChipSet& chips = broker_.board().chips();
  auto info = chips.line_info(line_);
  if (!info) info = chips.line_info(line_);
  info_ = info ? std::optional(*info) : std::nullopt;
  const bool was_unreadable = std::exchange(unreadable_, !info);
  if (!info && !was_unreadable) hooks_.unreadable(line_, info.error());
  if (info && was_unreadable) hooks_.readable_again(line_);
}

}  // namespace gpiobroker::bus
