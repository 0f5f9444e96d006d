// SPDX-License-Identifier: GPL-2.0-or-later
// Hears what others do to the lines of a chip.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/base/instant.h"
#include "core/base/result.h"
#include "gpio/edge_source.h"
#include "gpio/info_queue.h"
#include "gpio/known_lines.h"
#include "gpio/own_holds.h"
#include "gpio/pace.h"
#include "gpio/wake_up.h"

namespace gpiobroker::gpio {

/// A queue of the kernel's holds few events, so there is one for a few lines each: a lease of many
/// lines does not make it overflow, and somebody who makes events without end does so for them
/// alone.
///
/// Used by the loop's thread, but for the jobs that it hands out: they call the chip.
class LineWatch {
 public:
  using Job = std::function<void()>;
  using OpenQueue = std::function<core::Result<std::shared_ptr<InfoQueue>>()>;
  /// Asks the kernel for lines, in their order.
  using Ask =
      std::function<core::Result<std::vector<core::LineInfo>>(const std::vector<core::Offset>&)>;

  struct Parts {
    EdgeSource& loop;  ///< outlives it
    OpenQueue open;
    std::shared_ptr<OwnHolds> holds;  ///< of the chip
  };

  /// Refused: what opening a queue is refused for.
  [[nodiscard]] static core::Result<std::unique_ptr<LineWatch>> make(Parts parts,
                                                                     std::uint32_t line_count);

  /// From now on calls back when there is something to read. What it returns is to be done by the
  /// chip's thread, before anybody asks it for lines.
  [[nodiscard]] Job start(std::function<void()> ready);

  /// What Chip::watch_apart() says; is to be done by the chip's thread.
  [[nodiscard]] core::Result<Job> watch_apart(core::Offset line, bool apart, core::Instant now);

  /// What Chip::read_news() says. `now` is on the clock of the events.
  [[nodiscard]] std::vector<core::LineNews> read(const Ask& ask, core::Instant now);

 private:
  using Queue = std::shared_ptr<InfoQueue>;
  using Lines = std::vector<core::Offset>;

  LineWatch(Parts parts, std::uint32_t line_count);

  void listen();
  void wake_up();
  [[nodiscard]] Lines lines_of(const Queue& queue) const;
  void read_queue(const Queue& queue, std::vector<core::LineNews>& news);
  [[nodiscard]] std::optional<core::LineNews::What> what_became_of(core::Offset line,
                                                                   const core::LineInfo& info,
                                                                   bool lost) const;
  void look(const Ask& ask, core::Instant now, std::vector<core::LineNews>& news);
  void come_back_after(core::Instant time);

  Parts parts_;
  std::uint32_t line_count_;
  std::uint32_t lines_per_queue_;
  std::vector<Queue> queues_;  // of the lines from the first on, so many each
  Queue apart_queue_;          // once a line is watched apart
  std::set<core::Offset> apart_;
  KnownLines known_;
  std::map<core::Offset, bool> doubtful_;  // lines to ask for, and whether events of them were lost
  Pace pace_;
  std::function<void()> ready_;
  std::vector<EdgeSource::Watch> watches_;  // of the queues; none while they are left alone
  std::optional<WakeUp> wake_up_;           // once it was needed
};

}  // namespace gpiobroker::gpio
