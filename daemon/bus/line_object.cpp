// SPDX-License-Identifier: GPL-2.0-or-later
// Properties are asked of the kernel one by one: cheap, and never out of date.
#include "bus/line_object.h"

#include "bus/errors.h"
#include "bus/names.h"
#include "core/header.h"
#include "core/vocabulary.h"

namespace gpiobroker::bus {
namespace {

std::string word(std::string_view text) {
  return std::string(text);
}

}  // namespace

LineObject::LineObject(sdbus::IConnection& connection, const core::Broker& broker,
                       core::LineId line)
    : AdaptorInterfaces(connection,
                        line_path(broker.board().chips().at(line.chip).info(), line.offset)),
      broker_(broker),
      line_(line) {
  registerAdaptor();
}

void LineObject::announce_added() {
  getObject().emitInterfacesAddedSignal({sdbus::InterfaceName(INTERFACE_NAME)});
}

void LineObject::announce_changed() {
  getObject().emitPropertiesChangedSignal(
      sdbus::InterfaceName(org::gpiobroker1::Line_adaptor::INTERFACE_NAME));
}

sdbus::ObjectPath LineObject::Chip() {
  return chip_path(chip());
}

std::string LineObject::Name() {
  return broker_.board().directory().name_of(line_);
}

std::uint32_t LineObject::HeaderPin() {
  if (!core::carries_header(chip().label)) return 0;
  return static_cast<std::uint32_t>(core::header_pin_of(line_.offset).value_or(0));
}

std::string LineObject::State() {
  if (broker_.leases().of_line(line_) != nullptr) return "leased";
  if (broker_.quarantine().find(line_) != nullptr) return "quarantined";
  return info().used && !broker_.held().holds(line_) ? "in-use" : "free";
}

sdbus::ObjectPath LineObject::Lease() {
  const core::Lease* lease = broker_.leases().of_line(line_);
  return lease == nullptr ? sdbus::ObjectPath(kNoObject) : lease_path(lease->id);
}

std::string LineObject::Direction() {
  return word(core::to_word(info().settings.direction));
}

std::string LineObject::Edge() {
  return word(core::to_word(info().settings.edge));
}

std::string LineObject::Bias() {
  return word(core::to_word(info().settings.bias));
}

std::string LineObject::Drive() {
  return word(core::to_word(info().settings.drive));
}

std::uint32_t LineObject::DebouncePeriod() {
  return static_cast<std::uint32_t>(info().settings.debounce.count());
}

std::string LineObject::EventClock() {
  return word(core::to_word(info().settings.event_clock));
}

const core::ChipInfo& LineObject::chip() const {
  return broker_.board().chips().at(line_.chip).info();
}

core::LineInfo LineObject::info() const {
  auto info = broker_.board().chips().line_info(line_);
  if (!info) throw to_error(info.error());
  return std::move(*info);
}

}  // namespace gpiobroker::bus
