// SPDX-License-Identifier: LGPL-2.1-or-later
// Takes signals by signalfd(2).
#include "cli/signal_queue.h"

namespace gpiobroker::cli {
namespace {

bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

SignalQueue::SignalQueue(std::initializer_list<int> signals) {
  sigset_t mask;
  sigemptyset(&mask);
  for (const int signal : signals) {
    if (!is_ignored(signal)) sigaddset(&mask, signal);
  }
  fd_ = FileDescriptor(
      checked(signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK), "cannot queue signals"));
  sigprocmask(SIG_BLOCK, &mask, &mask_before_);
}

SignalQueue::~SignalQueue() {
  sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
}

std::optional<signalfd_siginfo> SignalQueue::take() const {
  signalfd_siginfo signal{};
  if (read(fd_.get(), &signal, sizeof signal) != sizeof signal) return std::nullopt;
  return signal;
}

}  // namespace gpiobroker::cli
