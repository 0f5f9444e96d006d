// SPDX-License-Identifier: GPL-2.0-or-later
// Guards what both threads touch by one lock, and carries out jobs without it.
#include "gpio/chip_worker.h"

#include <algorithm>
#include <csignal>
#include <system_error>
#include <utility>

namespace gpiobroker::gpio {
namespace {

constexpr std::chrono::milliseconds kSlice{50};

/// Blocks all signals while it lives, and so in a thread that is made meanwhile: signals are for
/// the event loop's thread.
class WithoutSignals {
 public:
  WithoutSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  WithoutSignals(const WithoutSignals&) = delete;
  WithoutSignals& operator=(const WithoutSignals&) = delete;
  ~WithoutSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

ChipWorker::~ChipWorker() {
  if (!thread_.joinable()) return;
  bool idle = false;
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->ending = true;
    idle = shared_->done == shared_->last;
  }
  shared_->posted.change();
  if (idle) {
    thread_.join();
  } else {
    thread_.detach();
  }
}

ChipWorker::Ticket ChipWorker::post(Job job) {
  const bool has_thread = thread_.joinable() || start();
  std::unique_lock lock(shared_->mutex);
  const Ticket ticket = ++shared_->last;
  if (has_thread) {
    shared_->queue.push_back(std::move(job));
    lock.unlock();
    shared_->posted.change();
  } else {
    job();
    ++shared_->begun;
    ++shared_->done;
  }
  return ticket;
}

bool ChipWorker::start() {
  const WithoutSignals held_off;
  try {
    thread_ = std::thread([shared = shared_] { work(*shared); });
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void ChipWorker::work(Shared& shared) {
  while (Job job = next_job(shared)) {
    job();
    job = nullptr;
    {
      const std::lock_guard lock(shared.mutex);
      ++shared.done;
    }
    shared.finished.change();
  }
}

/// Waits for one. None: there will be no more.
ChipWorker::Job ChipWorker::next_job(Shared& shared) {
  for (;;) {
    const auto seen = shared.posted.value();
    {
      const std::lock_guard lock(shared.mutex);
      if (!shared.queue.empty()) {
        Job job = std::move(shared.queue.front());
        shared.queue.pop_front();
        ++shared.begun;
        return job;
      }
      if (shared.ending) return nullptr;
    }
    shared.posted.wait(seen);
  }
}

ChipWorker::Ticket ChipWorker::last() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->last;
}

bool ChipWorker::is_done(Ticket ticket) const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->done >= ticket;
}

std::size_t ChipWorker::unfinished() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->last - shared_->done;
}

bool ChipWorker::wait(Ticket ticket, std::chrono::milliseconds longest) const {
  const auto is_next = [&] {
    const std::lock_guard lock(shared_->mutex);
    return shared_->begun < ticket && shared_->done + 1 == ticket;
  };
  for (auto left = longest; left.count() > 0; left -= is_next() ? kSlice / 4 : kSlice) {
    if (is_done_within(ticket, std::min(left, kSlice))) return true;
  }
  return is_done(ticket);
}

bool ChipWorker::is_done_within(Ticket ticket, std::chrono::milliseconds slice) const {
  for (;;) {
    const auto seen = shared_->finished.value();
    if (is_done(ticket)) return true;
    if (!shared_->finished.wait(seen, slice)) return false;
  }
}

}  // namespace gpiobroker::gpio
