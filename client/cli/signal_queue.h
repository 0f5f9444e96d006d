// SPDX-License-Identifier: LGPL-2.1-or-later
// Signals that are read from a descriptor, and interrupt nothing.
#pragma once

#include <csignal>
#include <initializer_list>
#include <optional>

#include <sys/signalfd.h>

#include "cli/file_descriptor.h"

namespace gpiobroker::cli {

/// Queues some signals as long as it lives; then they do again what they did before, those that
/// are still queued included. One object at a time.
///
/// A signal that this process was started to ignore, as by nohup, stays ignored.
class SignalQueue {
 public:
  explicit SignalQueue(std::initializer_list<int> signals);
  SignalQueue(const SignalQueue&) = delete;
  SignalQueue& operator=(const SignalQueue&) = delete;
  ~SignalQueue();

  /// Can be read from while a signal is queued.
  [[nodiscard]] int fd() const { return fd_.get(); }

  /// The next signal, if there is one.
  [[nodiscard]] std::optional<signalfd_siginfo> take() const;

  /// The signal mask that was in place before: what a child process should have.
  [[nodiscard]] const sigset_t& mask_before() const { return mask_before_; }

 private:
  sigset_t mask_before_{};
  FileDescriptor fd_;
};

}  // namespace gpiobroker::cli
