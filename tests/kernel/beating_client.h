// SPDX-License-Identifier: GPL-2.0-or-later
// A client that holds a line with a heartbeat of 500 ms, and gives a sign of life every 200 ms.
#pragma once

#include <algorithm>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

#include "harness/client_process.h"

namespace gpiobroker::test {

class BeatingClient {
 public:
  BeatingClient(const std::string& bus_address, uid_t user, const std::string& line)
      : client_(bus_address, user) {
    const Reply reply = client_.acquire(
        {line},
        {{"direction", v("s", "output")}, {"value", v("i", 1)}, {"heartbeat-ms", v("u", 500)}});
    if (!reply.error.empty()) throw std::runtime_error(reply.error + ": " + reply.message);
    lease_ = reply.values.at(0).get<std::string>();
    thread_ = std::jthread([this](const std::stop_token& stop) { beat(stop); });
  }

  /// What the broker answered to the first sign of life that it refused; empty as long as the lease
  /// is there, or if this program itself came too late, which a busy machine does to it.
  [[nodiscard]] std::string end() {
    thread_.request_stop();
    thread_.join();
    std::cout << "a client that beats: " << beats_ << " signs of life, at most "
              << longest_pause_.count() << " ms apart by itself\n";
    return longest_pause_ < std::chrono::milliseconds(350) ? error_ : "";
  }

 private:
  using Clock = std::chrono::steady_clock;

  void beat(const std::stop_token& stop) {
    auto last = Clock::now();
    while (!stop.stop_requested() && error_.empty()) {
      const auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - last);
      longest_pause_ = std::max(longest_pause_, pause);
      error_ = client_.call(on_lease(lease_, "KeepAlive", "", Json::array())).error;
      last = Clock::now();
      ++beats_;
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  }

  ClientProcess client_;
  std::string lease_;
  std::string error_;
  unsigned beats_ = 0;
  std::chrono::milliseconds longest_pause_{0};
  std::jthread thread_;
};

}  // namespace gpiobroker::test
