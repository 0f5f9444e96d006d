// SPDX-License-Identifier: LGPL-2.1-or-later
// Writes in a thread, which ends with the process if nobody reads.
#include "cli/outlet.h"

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <string_view>
#include <thread>
#include <tuple>

#include <poll.h>
#include <sys/eventfd.h>

#include "cli/file_descriptor.h"

namespace gpiobroker::cli {
namespace {

void wait_for_room(int stream) {
  pollfd room{.fd = stream, .events = POLLOUT, .revents = 0};
  poll(&room, 1, -1);
}

bool write_all(int stream, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(stream, text.data(), text.size());
    if (written < 0 && errno != EAGAIN) return false;
    if (written < 0) wait_for_room(stream);  // another program has made it non-blocking
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Errors that a pipe or socket without a reader gives, a terminal that has hung up, or a stream
/// that was closed.
bool has_nobody_left(int stream) {
  pollfd end{.fd = stream, .events = 0, .revents = 0};
  return poll(&end, 1, 0) == 1;
}

}  // namespace

struct Outlet::Desk {
  explicit Desk(int of)
      : stream(of),
        news(checked(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "cannot make an eventfd")) {}

  /// Writes texts in the thread until the outlet is gone.
  void serve() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return closing || !text.empty(); });
      if (closing) return;
      const std::string taken = text;
      lock.unlock();
      const bool written = write_all(stream, taken);
      lock.lock();
      failed |= !written;
      text.clear();
      changed.notify_all();
      eventfd_write(news.get(), 1);
    }
  }

  const int stream;
  const FileDescriptor news;
  std::mutex mutex;
  std::condition_variable changed;
  std::string text;  // what has not gone out yet
  bool closing = false;
  bool failed = false;
};

Outlet::Outlet(int stream) : desk_(std::make_shared<Desk>(stream)) {
  // SIGPIPE would end the process before its lease is released. Signals that are queued by now are
  // blocked in the thread, too.
  sigset_t of_a_reader;
  sigset_t before;
  sigemptyset(&of_a_reader);
  sigaddset(&of_a_reader, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &of_a_reader, &before);
  std::thread([desk = desk_] { desk->serve(); }).detach();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Outlet::~Outlet() {
  const std::scoped_lock lock(desk_->mutex);
  desk_->closing = true;
  desk_->changed.notify_all();
}

void Outlet::write(std::string text) {
  const std::scoped_lock lock(desk_->mutex);
  if (!desk_->failed) desk_->text = std::move(text);
  desk_->changed.notify_all();
}

Outlet::State Outlet::state() const {
  eventfd_t news = 0;
  std::ignore =
      eventfd_read(desk_->news.get(), &news);  // first: what comes from now on wakes again
  const std::scoped_lock lock(desk_->mutex);
  if (desk_->failed || has_nobody_left(desk_->stream)) return State::failed;
  return desk_->text.empty() ? State::idle : State::busy;
}

int Outlet::fd() const {
  return desk_->news.get();
}

void Outlet::finish(std::chrono::milliseconds longest) const {
  std::unique_lock lock(desk_->mutex);
  desk_->changed.wait_for(lock, longest, [this] { return desk_->text.empty(); });
}

int Outlet::stream() const {
  return desk_->stream;
}

}  // namespace gpiobroker::cli
