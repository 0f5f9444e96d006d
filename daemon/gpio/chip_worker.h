// SPDX-License-Identifier: GPL-2.0-or-later
// A thread that makes a chip's calls, in order, so that who waits for one need not wait for ever.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "gpio/futex.h"

namespace gpiobroker::gpio {

/// Everything but the jobs themselves is done in the thread that made it: the loop's. The thread
/// starts with the first job, so that a chip that is never asked has none.
class ChipWorker {
 public:
  using Job = std::function<void()>;
  using Ticket = std::uint64_t;

  ChipWorker() = default;
  ChipWorker(const ChipWorker&) = delete;
  ChipWorker& operator=(const ChipWorker&) = delete;

  /// Never waits for the kernel: a thread that is in a job does what is left to do, and ends then,
  /// by itself or with the process.
  ~ChipWorker();

  /// Does it after all that was posted before, and destroys it there: what the job alone owns ends
  /// in the thread. Where the system gives no thread it is done at once.
  Ticket post(Job job);

  /// The ticket of the job that was posted last.
  [[nodiscard]] Ticket last() const;
  [[nodiscard]] bool is_done(Ticket ticket) const;

  /// How many jobs are not done.
  [[nodiscard]] std::size_t unfinished() const;

  /// Waits until it is done. False: not in that time, of which a stall of this process or of the
  /// whole machine counts as no more than a slice, and the time until the thread comes to begin,
  /// which is no fault of the chip's, for a fourth.
  [[nodiscard]] bool wait(Ticket ticket, std::chrono::milliseconds longest) const;

 private:
  struct Shared {
    std::mutex mutex;
    Futex posted;
    Futex finished;
    std::deque<Job> queue;
    Ticket last = 0;   // the number of jobs that were posted
    Ticket begun = 0;  // of those that are begun
    Ticket done = 0;   // and of those that are done
    bool ending = false;
  };

  static void work(Shared& shared);
  static Job next_job(Shared& shared);
  [[nodiscard]] bool start();
  [[nodiscard]] bool is_done_within(Ticket ticket, std::chrono::milliseconds slice) const;

  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  std::thread thread_;
};

}  // namespace gpiobroker::gpio
