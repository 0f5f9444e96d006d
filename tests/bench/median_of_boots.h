// SPDX-License-Identifier: GPL-2.0-or-later
// One table for the reports of several boots.
#pragma once

#include <string>
#include <vector>

namespace gpiobroker::bench {

/// Reads reports of the same measurements, as Report::json() writes them; of each the median of
/// all, with the least and the most. Throws std::exception for a file that is none.
[[nodiscard]] std::string median_of_boots(const std::vector<std::string>& files);

}  // namespace gpiobroker::bench
