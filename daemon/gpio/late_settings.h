// SPDX-License-Identifier: GPL-2.0-or-later
// Remembers what lines of a slow chip were configured to by calls that nobody waited for.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/chip/chip.h"
#include "gpio/chip_worker.h"

namespace gpiobroker::gpio {

/// A configuration as a job of a thread: what to do, and from then on what came of it.
struct LateConfiguration {
  std::vector<core::LineWithSettings<core::Offset>> setups;
  core::Result<void> answer;
  std::map<core::Offset, core::Result<core::LineInfo>> found;  ///< asked after it, of some or none
};

/// Remembers the last thing that was done to each line, as long as nothing else is: so that who
/// tries a configuration again that was late is told how it went, and need not wait for another.
/// Without that a reset on a chip that takes a second a call would never be known to have worked.
class LateSettings {
 public:
  /// Whether all jobs up to this one are done.
  using IsDone = std::function<bool(ChipWorker::Ticket)>;

  explicit LateSettings(IsDone is_done) : is_done_(std::move(is_done)) {}

  /// The configuration was posted, and is done with this job.
  void remember(const std::shared_ptr<const LateConfiguration>& job, ChipWorker::Ticket ticket);

  /// Something else is done to the lines, or to those that a configuration does not leave as is.
  void forget(std::span<const core::Offset> lines);
  void forget(std::span<const core::LineWithSettings<core::Offset>> lines);

  enum class Standing {
    unknown,  ///< it was not done, or something else was since
    pending,  ///< it is being done
    done,     ///< it worked
  };
  /// How it stands with these settings.
  [[nodiscard]] Standing of(std::span<const core::LineWithSettings<core::Offset>> lines) const;

  /// Why exactly this configuration failed. Told once, and then forgotten, so that it is tried
  /// anew.
  [[nodiscard]] std::optional<core::Refusal> take_failure(
      std::span<const core::LineWithSettings<core::Offset>> lines);

  /// What was found of the line after a configuration that worked.
  [[nodiscard]] const core::LineInfo* found(core::Offset line) const;

 private:
  struct Entry {
    std::shared_ptr<const LateConfiguration> job;
    core::LineSettings settings;
    ChipWorker::Ticket ticket;
  };

  [[nodiscard]] Standing of(const core::LineWithSettings<core::Offset>& wanted) const;

  IsDone is_done_;
  std::map<core::Offset, Entry> entries_;  // each line whose last configuration was late
};

}  // namespace gpiobroker::gpio
