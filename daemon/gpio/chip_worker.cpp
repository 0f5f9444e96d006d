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
  shared_->posted.notify_one();
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
    shared_->posted.notify_one();
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
  std::unique_lock lock(shared.mutex);
  for (;;) {
    shared.posted.wait(lock, [&] { return !shared.queue.empty() || shared.ending; });
    if (shared.queue.empty()) return;
    Job job = std::move(shared.queue.front());
    shared.queue.pop_front();
    ++shared.begun;
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
    ++shared.done;
    shared.finished.notify_all();
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
  std::unique_lock lock(shared_->mutex);
  const auto is_done = [&] { return shared_->done >= ticket; };
  const auto is_next = [&] { return shared_->begun < ticket && shared_->done + 1 == ticket; };
  for (auto left = longest; left.count() > 0; left -= is_next() ? kSlice / 4 : kSlice) {
    if (shared_->finished.wait_for(lock, std::min(left, kSlice), is_done)) return true;
  }
  return is_done();
}

}  // namespace gpiobroker::gpio
