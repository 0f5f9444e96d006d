// SPDX-License-Identifier: GPL-2.0-or-later
// What chips need of the daemon's loop, turned by hand.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include <poll.h>

#include "gpio/edge_source.h"

namespace gpiobroker::test {

class FakeLoop : public gpio::EdgeSource {
 public:
  Watch watch(int fd, std::function<void()> readable) override {
    const int id = next_++;
    last_ = fd;
    watched_[id] = {fd, std::move(readable)};
    return {nullptr, [this, id](void*) { watched_.erase(id); }};
  }
  [[nodiscard]] std::optional<std::uint64_t> turn() const override { return std::nullopt; }
  void edges_ready(core::RequestId) override {}
  void news_ready(core::ChipId) override {}

  [[nodiscard]] bool watches(int fd) const {
    for (const auto& [id, each] : watched_) {
      if (each.fd == fd) return true;
    }
    return false;
  }

  /// The descriptor that was watched last of all.
  [[nodiscard]] int last_watched() const { return last_; }

  /// Waits until one of the descriptors has something to read, and calls back.
  void turn_once() {
    std::vector<pollfd> fds;
    for (const auto& [id, each] : watched_) fds.push_back({each.fd, POLLIN, 0});
    if (poll(fds.data(), fds.size(), -1) <= 0) return;
    for (const pollfd& ready : fds) {
      if (ready.revents != 0) call(ready.fd);
    }
  }

  void call(int fd) {
    for (const auto& [id, each] : std::map(watched_)) {
      if (each.fd == fd) each.readable();
    }
  }

 private:
  struct Watched {
    int fd = -1;
    std::function<void()> readable;
  };
  std::map<int, Watched> watched_;
  int next_ = 0;
  int last_ = -1;
};

}  // namespace gpiobroker::test
