// SPDX-License-Identifier: GPL-2.0-or-later
// Times of one operation, and what is said of them.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace gpiobroker::bench {

using Microseconds = std::chrono::duration<double, std::micro>;

class Samples {
 public:
  void add(Microseconds sample) { samples_.push_back(sample); }

  [[nodiscard]] std::size_t count() const { return samples_.size(); }
  [[nodiscard]] Microseconds median() const { return quantile(0.5); }
  [[nodiscard]] Microseconds p99() const { return quantile(0.99); }
  [[nodiscard]] Microseconds longest() const { return quantile(1.0); }

  /// The sample that so large a part of all samples does not exceed. There must be samples.
  [[nodiscard]] Microseconds quantile(double part) const;

 private:
  std::vector<Microseconds> samples_;
};

/// How long `work` takes.
template <class Work>
Microseconds time_of(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::steady_clock::now() - start;
}

}  // namespace gpiobroker::bench
