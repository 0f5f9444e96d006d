// SPDX-License-Identifier: GPL-2.0-or-later
// Makes calls to a chip in its thread, and waits for them as long as the event loop can spare.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/chip/chip.h"
#include "gpio/chip_worker.h"
#include "gpio/late_settings.h"
#include "gpio/loop_time.h"
#include "gpio/slowness.h"

namespace gpiobroker::gpio {

/// What chips share: how long the loop may wait, and who is told when one becomes slow or well, in
/// the middle of a call.
struct Patience {
  explicit Patience(LoopTime of_loop, std::function<void()> when_changed = {})
      : time(std::move(of_loop)), changed(std::move(when_changed)) {}

  LoopTime time;
  std::function<void()> changed;
};

/// Shared by a chip and its requests. Used by the loop's thread alone; only the chip that it is for
/// and the requests of that are used by the thread that it has.
class PatientCalls {
 public:
  PatientCalls(std::string chip_name, std::shared_ptr<Patience> patience,
               std::shared_ptr<core::Chip> chip)
      : name_(std::move(chip_name)), patience_(std::move(patience)), chip_(std::move(chip)) {}
  PatientCalls(const PatientCalls&) = delete;
  PatientCalls& operator=(const PatientCalls&) = delete;

  /// The chip is closed in the thread.
  ~PatientCalls();

  /// Makes the call in the thread: its answer, a core::Result, or the refusal chip_slow. What comes
  /// too late is dropped there. The call owns what it needs.
  template <class Call>
  auto make(CallKind kind, Call call) -> std::invoke_result_t<Call>;

  /// The refusal for a call that the chip cannot be asked for now, if so.
  [[nodiscard]] std::optional<core::Refused> why_not() const;

  /// Configures lines of a request in the thread. `for_safety`: also where the chip cannot be asked
  /// now; it is done when its turn comes. The lines are asked for afterwards, in the same go.
  core::Result<void> configure(const std::shared_ptr<core::LineRequest>& request,
                               std::span<const core::LineWithSettings<core::Offset>> lines,
                               bool for_safety);

  /// Requests lines in the thread, and asks for each of them there.
  core::Result<std::unique_ptr<core::LineRequest>> take(const std::vector<core::Offset>& lines,
                                                        std::string consumer);

  /// What the last call found of a line that it took or made safe, once, and only as long as no
  /// other call was made: whoever asks again wants to know what is so now.
  [[nodiscard]] std::optional<core::Result<core::LineInfo>> take_found(core::Offset line);

  /// Closes a request in the thread, after all that was posted before.
  void close(std::shared_ptr<core::LineRequest> request);

  /// Does something else there, after all that was posted before, whether or not the chip is slow.
  void carry_out(CallKind kind, ChipWorker::Job job);

  /// Something else than a configuration is done to the lines.
  void forget(std::span<const core::Offset> lines) { late_.forget(lines); }

  /// Somebody has, or has no more, a duplicate of the request that the lines are in, and may
  /// configure them.
  void note_handed_out(std::span<const core::Offset> lines);
  void note_closed(std::span<const core::Offset> lines);

  /// Somebody else has configured the line: what was found of it before is out of date.
  void forget_found(core::Offset line);

  /// What was found of a line after a configuration that nobody waited for; of one that was handed
  /// out once.
  [[nodiscard]] std::optional<core::LineInfo> take_found_late(core::Offset line);

  [[nodiscard]] const std::shared_ptr<core::Chip>& chip() const { return chip_; }
  [[nodiscard]] bool is_slow() const { return slowness_.is_slow(); }
  [[nodiscard]] bool is_busy() const { return worker_.unfinished() > 0; }

  /// Waits until all that was posted is done, or as long as that.
  void wait(std::chrono::milliseconds longest) const;

 private:
  using Ticket = ChipWorker::Ticket;
  using Found = std::map<core::Offset, core::Result<core::LineInfo>>;

  [[nodiscard]] bool came_in_time(CallKind kind, Ticket ticket);
  [[nodiscard]] static Found look_at(const core::Chip& chip,
                                     const std::vector<core::Offset>& lines);
  [[nodiscard]] static std::vector<core::Offset> configured_by(const LateConfiguration& job);
  void note_found(Found found);
  [[nodiscard]] core::Refused refuse(const std::string& why) const;
  [[nodiscard]] core::Refused too_late() const;

  std::string name_;
  std::shared_ptr<Patience> patience_;
  std::shared_ptr<core::Chip> chip_;
  Slowness slowness_;
  ChipWorker worker_;
  Found found_;
  Ticket found_by_ = 0;                // the call that found it
  std::set<core::Offset> handed_out_;  // lines that somebody else may configure
  LateSettings late_{[this](Ticket ticket) { return worker_.is_done(ticket); }};
};

template <class Call>
auto PatientCalls::make(CallKind kind, Call call) -> std::invoke_result_t<Call> {
  using Answer = std::invoke_result_t<Call>;
  if (const auto why = why_not()) return *why;
  auto answer = std::make_shared<std::optional<Answer>>();
  const Ticket ticket = worker_.post([answer, call = std::move(call)] { answer->emplace(call()); });
  if (came_in_time(kind, ticket)) return std::move(**answer);
  worker_.post([answer = std::move(answer)] {});
  return too_late();
}

}  // namespace gpiobroker::gpio
