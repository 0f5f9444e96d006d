// SPDX-License-Identifier: GPL-2.0-or-later
// Adds and removes chips that come and go while the broker runs.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "bus/service.h"
#include "core/broker/broker.h"
#include "gpio/chip_nodes.h"
#include "loop/folder_watch.h"
#include "loop/next_turn.h"
#include "loop/timer.h"
#include "turn/loop_turn.h"

namespace gpiobroker::app {

/// Watches the folder of device nodes rather than the kernel's uevents: those come over a netlink
/// socket, which a service with a network of its own does not get. Of a chip that goes while it has
/// no node the open device tells. Of a chip that comes to a node that was there before it nothing
/// does: as long as there are nodes without a chip they are looked at every few seconds.
class HotPlug {
 public:
  /// `changed` is called when chips have come and are on the bus, or have gone, or are to be found
  /// by other links. The nodes have been looked at before.
  HotPlug(loop::EventLoop& loop, gpio::ChipNodes& nodes, core::Board& board, core::Broker& broker,
          bus::Service& service, turn::LoopTurn& turn, std::function<void()> changed);

 private:
  void look();
  void look_again_later();
  void take_away(const std::string& name);
  void put_in(std::unique_ptr<core::Chip> chip);

  loop::EventLoop& loop_;
  gpio::ChipNodes& nodes_;
  core::Board& board_;
  core::Broker& broker_;
  bus::Service& service_;
  turn::LoopTurn& turn_;
  std::function<void()> changed_;
  loop::FolderWatch watch_;
  loop::NextTurn next_turn_;
  loop::Timer timer_;
};

}  // namespace gpiobroker::app
