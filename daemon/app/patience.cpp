// SPDX-License-Identifier: GPL-2.0-or-later
// The environment variable is systemd's (systemd.exec(5)), and inherited by nobody unnoticed.
#include "app/patience.h"

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <string_view>
#include <utility>

#include <spdlog/spdlog.h>
#include <unistd.h>

namespace gpiobroker::app {
namespace {

/// Less than systemd waits for a start.
constexpr std::chrono::seconds kLongest{10};
constexpr timespec kPause{.tv_sec = 0, .tv_nsec = 500'000'000};

bool is_run_by_systemd() {
  const char* const pid = std::getenv("SYSTEMD_EXEC_PID");
  return pid != nullptr && pid == std::to_string(getpid());
}

/// True: a signal has come that ends the daemon.
bool wait_for_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return sigtimedwait(&signals, nullptr, &kPause) > 0;
}

}  // namespace

/// Waits a moment. False: it was enough, or somebody has asked the daemon to end.
bool Patience::bears(const std::string& why) {
  if (!is_run_by_systemd()) return false;
  const auto now = std::chrono::steady_clock::now();
  if (!end_) end_ = now + kLongest;
  if (now >= *end_) return false;
  if (std::exchange(told_, why) != why) spdlog::error("{}; it is tried again", why);
  return !wait_for_signal();
}

}  // namespace gpiobroker::app
