// SPDX-License-Identifier: LGPL-2.1-or-later
// Edges on their way to standard output, as fast as somebody reads them.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "cli/outlet.h"
#include "gpiobroker/edge.h"

namespace gpiobroker::cli {

/// Keeps the newest of the edges that nobody reads, and counts those that it had to drop.
class EdgePrinter {
 public:
  using Counts = std::map<std::string, std::uint64_t>;  // each line that lost edges: how many

  struct Options {
    bool json = false;
    std::size_t most_kept = 1024;  ///< edges
    std::uint64_t most = 0;        ///< edges to print; 0: no end
  };

  /// Starts with the levels from which the edges start.
  EdgePrinter(const std::vector<LineStanding>& start, const Options& options);
  EdgePrinter(const EdgePrinter&) = delete;
  EdgePrinter& operator=(const EdgePrinter&) = delete;

  /// Gives a reader a moment to take the last text.
  ~EdgePrinter() { outlet_.finish(kLastWords); }

  void take(std::vector<EdgeEvent> edges);

  /// Prints as much as is read; idle once that is all there is to print. Asked again when outlet()
  /// has news.
  Outlet::State go_on();

  /// Whether there are as many edges as there were to be, printed or not.
  [[nodiscard]] bool has_enough() const {
    return options_.most != 0 && printed_ + waiting_.size() >= options_.most;
  }

  /// Edges that were never printed.
  [[nodiscard]] const Counts& dropped() const { return dropped_; }

  [[nodiscard]] const Outlet& outlet() const { return outlet_; }

 private:
  [[nodiscard]] bool has_printed_all() const {
    return waiting_.empty() || (options_.most != 0 && printed_ == options_.most);
  }
  [[nodiscard]] std::string next_text();

  Options options_;
  Outlet outlet_;
  std::deque<EdgeEvent> waiting_;
  std::uint64_t printed_ = 0;
  Counts dropped_;
};

}  // namespace gpiobroker::cli
