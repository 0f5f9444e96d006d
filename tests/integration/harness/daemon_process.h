// SPDX-License-Identifier: GPL-2.0-or-later
// A gpiobrokerd of the test's own.
#pragma once

#include <string>
#include <vector>

#include "harness/notify_socket.h"
#include "harness/process.h"
#include "harness/temporary_folder.h"

namespace gpiobroker::test {

class DaemonProcess {
 public:
  /// Everybody may lease, as often and as much as they like.
  static constexpr const char* kOpenToAll = R"({
    "rules": [{"name": "everybody", "verbs": ["lease", "share", "persist"], "allow": true}],
    "quotas": {"user": {"leases": "unlimited", "lines": "unlimited", "edges": "unlimited",
                        "calls-per-second": "unlimited"},
               "client": {"leases": "unlimited", "lines": "unlimited", "edges": "unlimited",
                          "calls-per-second": "unlimited"}}})";

  struct Options {
    std::vector<std::string> arguments;
    std::vector<std::string> wrapper = {};  ///< what runs the daemon, and keeps its process id
    std::optional<uid_t> user = {};
    std::string state = {};                  ///< folder for its ledger; none: one of its own
    std::string configuration = kOpenToAll;  ///< the text of its config.json
  };

  /// Starts it and does not wait for it.
  explicit DaemonProcess(const Options& options);

  /// Kills it. Where GPIOBROKER_TEST_GENTLE_END is set it may first end by itself, which is when a
  /// program that counts its lines writes the counts.
  ~DaemonProcess();
  DaemonProcess(const DaemonProcess&) = delete;
  DaemonProcess& operator=(const DaemonProcess&) = delete;

  /// Returns once it has said READY=1. Throws, with what it wrote, if it ends instead.
  void wait_until_ready();

  [[nodiscard]] Process& process() { return process_; }

  /// Writes another config.json, which it reads when it is asked to or looks for it.
  void configure(const std::string& text) const;

  /// SIGTERM, and its end.
  ProcessEnd terminate();

  /// What it wrote to its standard error so far.
  [[nodiscard]] std::string log() const;

  [[nodiscard]] std::size_t open_file_count() const;
  [[nodiscard]] std::size_t resident_bytes() const;

 private:
  TemporaryFolder folder_;
  NotifySocket notify_socket_;
  Process process_;
};

}  // namespace gpiobroker::test
