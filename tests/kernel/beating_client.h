// SPDX-License-Identifier: GPL-2.0-or-later
// A client that holds a line with a heartbeat of 500 ms, and gives a sign of life every 200 ms.
#pragma once

#include <atomic>
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
  /// is there.
  [[nodiscard]] std::string end() {
    thread_.request_stop();
    thread_.join();
    return error_;
  }

 private:
  void beat(const std::stop_token& stop) {
    while (!stop.stop_requested() && error_.empty()) {
      error_ = client_.call(on_lease(lease_, "KeepAlive", "", Json::array())).error;
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  }

  ClientProcess client_;
  std::string lease_;
  std::string error_;
  std::jthread thread_;
};

}  // namespace gpiobroker::test
