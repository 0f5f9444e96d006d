// SPDX-License-Identifier: GPL-2.0-or-later
// First what is gone, then what has come: it may be the same chip.
#include "app/hot_plug.h"

#include <spdlog/spdlog.h>

#include "core/caretaker.h"

namespace gpiobroker::app {

HotPlug::HotPlug(loop::EventLoop& loop, gpio::ChipNodes& nodes, core::Board& board,
                 core::Broker& broker, bus::Service& service, std::function<void()> attached)
    : loop_(loop),
      nodes_(nodes),
      board_(board),
      broker_(broker),
      service_(service),
      attached_(std::move(attached)),
      watch_(loop, "/dev", "gpiochip", [this] { look(); }) {}

void HotPlug::look() {
  gpio::ChipNodes::Changes changes = nodes_.look();
  for (const std::filesystem::path& path : changes.gone) take_away(path);
  for (auto& chip : changes.opened) put_in(std::move(chip));
  for (const gpio::UnopenedChip& chip : changes.unopened) spdlog::error("{}", chip.why);
  if (!changes.opened.empty()) attached_();
}

void HotPlug::take_away(const std::filesystem::path& path) {
  for (const auto& [id, chip] : board_.chips().all()) {
    if (chip->info().path != path) continue;
    spdlog::warn("chip {} ({}) is gone", chip->info().name, chip->info().label);
    service_.remove_chip(id);
    service_.settle(core::Caretaker(broker_).chip_gone(id, loop_.now()));
    return;
  }
}

void HotPlug::put_in(std::unique_ptr<core::Chip> chip) {
  const core::ChipInfo info = chip->info();
  service_.add_chip(board_.attach(std::move(chip)));
  spdlog::info("chip {} ({}) has come: {} lines", info.name, info.label, info.line_count);
}

}  // namespace gpiobroker::app
