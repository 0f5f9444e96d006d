// SPDX-License-Identifier: GPL-2.0-or-later
// Quantiles by sorting.
#include "samples.h"

#include <algorithm>
#include <cmath>

namespace gpiobroker::bench {

Microseconds Samples::quantile(double part) const {
  auto sorted = samples_;
  std::ranges::sort(sorted);
  const auto rank = std::ceil(part * static_cast<double>(sorted.size()));
  return sorted.at(static_cast<std::size_t>(std::max(rank, 1.0)) - 1);
}

}  // namespace gpiobroker::bench
