// SPDX-License-Identifier: GPL-2.0-or-later
// Remembers when the broker held which lines of a chip, and so tells its own events from others'.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <span>

#include "core/chip/line_news.h"

namespace gpiobroker::gpio {

/// The kernel tells who watches a line of everybody's requests, the watcher's own included, and not
/// whose they are; and it may tell late, after a request was closed, but with the time at which it
/// happened. So what happened is known by its time. Nobody else can do anything to a line that the
/// broker holds; but at its begin and its end there is a moment in which both may have.
///
/// Times are those of the kernel's events, CLOCK_MONOTONIC. Of each line the last holds are kept;
/// what happened at the time of earlier ones is unclear. May be used by several threads.
class OwnHolds {
 public:
  using Time = std::chrono::nanoseconds;
  using Id = std::uint64_t;

  /// A request for lines is about to be made. It ends with closed(), also if it is refused.
  [[nodiscard]] Id begin(std::span<const core::Offset> lines, Time now);
  void taken(Id hold, Time now);
  void closing(Id hold, Time now);
  void closed(Id hold, Time now);

  /// Whether somebody else has a duplicate of the request that a line is in, from now on. Then the
  /// broker is not the only one to configure the line while it holds it, and every release is told
  /// of as others'.
  void set_apart(core::Offset line, bool apart, Time now);

  enum class Whose {
    own,
    others,
    unclear,  ///< nobody can tell: the line's own info may
  };
  /// Who has done this to a line at that time. To be asked once for each event of a line, in their
  /// order: one request and one release of a hold are the broker's, further ones are not.
  [[nodiscard]] Whose judge(core::Offset line, core::LineNews::What what, Time time);

  enum class Standing {
    held,
    pending,  ///< a request is being made or closed
    free,
  };
  /// How it stands with a line, as far as the broker has to do with it.
  [[nodiscard]] Standing standing(core::Offset line) const;

  /// Whether the broker has held a line at that time or later, without its release being seen yet.
  [[nodiscard]] bool held_since(core::Offset line, Time time) const;

 private:
  static constexpr Time kNever = Time::max();

  struct Hold {
    Id id = 0;
    Time begun{0};
    Time taken = kNever;
    Time closing = kNever;
    Time closed = kNever;
    bool requested_seen = false;
    bool released_seen = false;
  };

  struct HoldsOfLine {
    std::deque<Hold> last;  // by their ids
    /// The end of the last one that was forgotten before all of it was seen.
    Time forgotten_until = Time::min();
  };

  static Whose judge(Hold& hold, core::LineNews::What what, Time time);
  [[nodiscard]] Whose judge_apart(core::Offset line, core::LineNews::What what, Time time,
                                  Whose whose) const;
  template <class Change>
  void change(Id hold, Change make);
  [[nodiscard]] const Hold* last_hold(core::Offset line) const;

  mutable std::mutex mutex_;
  std::map<core::Offset, HoldsOfLine> holds_;  // of each line that was held
  std::map<core::Offset, Time> apart_;         // of each line watched apart: since when
  Id last_ = 0;
};

/// One request of the broker's, from before it is made to after it is closed, on the system's
/// clock.
class OwnHold {
 public:
  OwnHold(std::shared_ptr<OwnHolds> holds, std::span<const core::Offset> lines);
  OwnHold(OwnHold&& other) noexcept = default;
  OwnHold& operator=(OwnHold&&) = delete;
  /// It was refused, or is closed by now.
  ~OwnHold();

  void taken();
  void closing();

 private:
  std::shared_ptr<OwnHolds> holds_;
  OwnHolds::Id id_;
};

}  // namespace gpiobroker::gpio
