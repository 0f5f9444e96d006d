// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the queues, leaves out what the broker did itself, and asks where that is not clear.
#include "gpio/line_watch.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace gpiobroker::gpio {
namespace {

using namespace std::chrono_literals;
using What = core::LineNews::What;

/// So that all of them can be taken, and configured twice, before a queue is full.
constexpr std::uint32_t kLinesPerQueue = 10;
/// Each of which takes a descriptor. Lines of large chips have to share them.
constexpr std::uint32_t kMostQueues = 8;

/// What news of others cost: to read them, and for each line, of which all is asked and announced.
/// Whoever makes more of them has them read with pauses, in which the loop does not hear of them:
/// one line a hundred times a second, and 64 lines seven times.
constexpr core::Instant kCostOfReading = 8ms;
constexpr core::Instant kCostOfLine = 2ms;
constexpr core::Instant kMostOwed = 200ms;

/// When a chip is asked again that does not answer.
constexpr core::Instant kLater = 1s;

core::Instant cost_of(const std::vector<core::LineNews>& news) {
  if (news.empty()) return {};
  std::set<core::Offset> lines;
  for (const core::LineNews& each : news) lines.insert(each.offset);
  return kCostOfReading + kCostOfLine * lines.size();
}

std::uint32_t lines_per_queue(std::uint32_t line_count) {
  return std::max(kLinesPerQueue, (line_count + kMostQueues - 1) / kMostQueues);
}

}  // namespace

LineWatch::LineWatch(Parts parts, std::uint32_t line_count)
    : parts_(std::move(parts)),
      line_count_(line_count),
      lines_per_queue_(lines_per_queue(line_count)),
      known_(parts_.holds),
      pace_(kMostOwed) {}

core::Result<std::unique_ptr<LineWatch>> LineWatch::make(Parts parts, std::uint32_t line_count) {
  std::unique_ptr<LineWatch> watch(new LineWatch(std::move(parts), line_count));
  for (std::uint32_t first = 0; first < line_count; first += watch->lines_per_queue_) {
    auto queue = watch->parts_.open();
    if (!queue) return core::Refused(queue.error());
    watch->queues_.push_back(std::move(*queue));
  }
  return watch;
}

LineWatch::Job LineWatch::start(std::function<void()> ready) {
  ready_ = std::move(ready);
  listen();
  std::vector<std::pair<Queue, Lines>> all;
  for (const Queue& queue : queues_) all.emplace_back(queue, lines_of(queue));
  return [all = std::move(all)] {
    for (const auto& [queue, lines] : all) {
      for (const core::Offset line : lines) queue->watch(line, true);
    }
  };
}

void LineWatch::listen() {
  watches_.clear();
  for (const Queue& queue : queues_) {
    watches_.push_back(parts_.loop.watch(queue->fd(), [this] { ready_(); }));
  }
  if (apart_queue_) {
    watches_.push_back(parts_.loop.watch(apart_queue_->fd(), [this] { ready_(); }));
  }
}

/// For a moment both queues tell of the line, so that nothing of it is missed.
core::Result<LineWatch::Job> LineWatch::watch_apart(core::Offset line, bool apart,
                                                    core::Instant now) {
  if (!apart_queue_) {
    auto queue = parts_.open();
    if (!queue) return core::Refused(queue.error());
    apart_queue_ = std::move(*queue);
    listen();
  }
  apart ? static_cast<void>(apart_.insert(line)) : static_cast<void>(apart_.erase(line));
  parts_.holds->set_apart(line, apart, now);
  const Queue& usual = queues_.at(line.value / lines_per_queue_);
  const Queue& from = apart ? usual : apart_queue_;
  const Queue& to = apart ? apart_queue_ : usual;
  return Job([line, from, to] {
    to->watch(line, true);
    from->watch(line, false);
  });
}

LineWatch::Lines LineWatch::lines_of(const Queue& queue) const {
  if (queue == apart_queue_) return {apart_.begin(), apart_.end()};
  Lines lines;
  for (std::uint32_t offset = 0; offset < line_count_; ++offset) {
    const core::Offset line{offset};
    if (queues_.at(offset / lines_per_queue_) == queue && !apart_.contains(line)) {
      lines.push_back(line);
    }
  }
  return lines;
}

std::vector<core::LineNews> LineWatch::read(const Ask& ask, core::Instant now) {
  std::vector<core::LineNews> news;
  for (const Queue& queue : queues_) read_queue(queue, news);
  if (apart_queue_) read_queue(apart_queue_, news);
  look(ask, now, news);
  const core::Instant pause = pace_.spend(now, cost_of(news));
  if (pause > 0ms) {
    come_back_after(pause);
    if (wake_up_->works()) watches_.clear();
  } else if (!doubtful_.empty()) {
    come_back_after(kLater);
  }
  return news;
}

void LineWatch::read_queue(const Queue& queue, std::vector<core::LineNews>& news) {
  const std::vector<core::LineNews> events = queue->read();
  for (const core::LineNews& event : events) {
    const OwnHolds::Whose whose = parts_.holds->judge(event.offset, event.what, event.time);
    if (whose == OwnHolds::Whose::unclear) {
      doubtful_.try_emplace(event.offset, false);
      continue;
    }
    known_.note(event.offset, event.info, event.time);
    if (whose == OwnHolds::Whose::others) news.push_back(event);
  }
  if (events.size() < kInfoQueueRoom) return;
  for (const core::Offset line : lines_of(queue)) doubtful_[line] = true;
}

/// Asks for the lines of which it is not known what became of them. Lines of which the broker is
/// about to make or close a request stay doubtful.
void LineWatch::look(const Ask& ask, core::Instant now, std::vector<core::LineNews>& news) {
  if (doubtful_.empty()) return;
  Lines lines;
  for (const auto& [line, lost] : doubtful_) lines.push_back(line);
  const auto answers = ask(lines);
  if (!answers) {
    if (answers.error().reason != core::Reason::chip_slow) doubtful_.clear();
    return;
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const core::Offset line = lines[i];
    if (parts_.holds->standing(line) == OwnHolds::Standing::pending) continue;
    const bool lost = doubtful_.extract(line).mapped();
    const auto what = what_became_of(line, answers->at(i), lost);
    if (what) news.push_back({line, *what, now, answers->at(i)});
    known_.note(line, answers->at(i), now);
  }
}

/// A line that is watched apart may have been configured unheard, and be as it was again.
std::optional<What> LineWatch::what_became_of(core::Offset line, const core::LineInfo& info,
                                              bool lost) const {
  const auto what = known_.compare(line, info, lost);
  if (what || !lost || !apart_.contains(line)) return what;
  return What::configured;
}

void LineWatch::come_back_after(core::Instant time) {
  if (!wake_up_) wake_up_.emplace(parts_.loop, [this] { wake_up(); });
  wake_up_->after(std::chrono::duration_cast<std::chrono::microseconds>(time));
}

/// A loop that cannot watch descriptors now may be able to a little later.
void LineWatch::wake_up() {
  try {
    if (watches_.empty()) listen();
  } catch (const std::exception&) {
    watches_.clear();
    come_back_after(kLater);
  }
  ready_();
}

}  // namespace gpiobroker::gpio
