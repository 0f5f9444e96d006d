// SPDX-License-Identifier: GPL-2.0-or-later
// Removes chips that are gone before it adds new ones, which may be the same chip again.
#include "app/hot_plug.h"

#include <chrono>

#include <spdlog/spdlog.h>

#include "core/broker/broker.h"

namespace gpiobroker::app {
namespace {

constexpr std::chrono::seconds kBetweenLooks{3};

}  // namespace

HotPlug::HotPlug(loop::EventLoop& loop, gpio::ChipNodes& nodes, core::Board& board,
                 core::Broker& broker, bus::Service& service, turn::LoopTurn& turn,
                 std::function<void()> changed)
    : loop_(loop),
      nodes_(nodes),
      board_(board),
      broker_(broker),
      service_(service),
      turn_(turn),
      changed_(std::move(changed)),
      watch_(loop, "/dev", "", [this] { look(); }),
      next_turn_(loop, [this] { look(); }),
      timer_(loop, [this] { look(); }) {
  nodes_.when_gone([this] { next_turn_.request(); });
  look_again_later();
}

void HotPlug::look_again_later() {
  if (nodes_.has_idle_nodes()) timer_.set(loop_.now() + kBetweenLooks);
}

void HotPlug::look() {
  const std::vector<std::string> unopened = nodes_.unopened();
  gpio::ChipNodes::Changes changes = nodes_.look();
  for (const std::string& name : changes.gone) take_away(name);
  for (auto& chip : changes.opened) put_in(std::move(chip));
  for (const gpio::UnopenedChip& chip : changes.unopened) spdlog::error("{}", chip.why);
  for (const std::string& note : changes.notes) spdlog::warn("{}", note);
  const core::ChipLinks links = nodes_.links();
  const bool other_links = links != board_.directory().links();
  board_.set_links(links);
  if (!changes.gone.empty() || !changes.opened.empty() || other_links ||
      nodes_.unopened() != unopened) {
    changed_();
  }
  look_again_later();
}

void HotPlug::take_away(const std::string& name) {
  for (const auto& [id, chip] : board_.chips().all()) {
    if (chip->info().name != name) continue;
    spdlog::warn("chip {} ({}) is gone", chip->info().name, chip->info().label);
    service_.remove_chip(id);
    turn_.settle(broker_.chip_removal().chip_gone(id, loop_.now()));
    return;
  }
}

void HotPlug::put_in(std::unique_ptr<core::Chip> chip) {
  const core::ChipInfo info = chip->info();
  service_.add_chip(board_.attach(std::move(chip)));
  spdlog::info("chip {} ({}) has come: {} lines", info.name, info.label, info.line_count);
}

}  // namespace gpiobroker::app
