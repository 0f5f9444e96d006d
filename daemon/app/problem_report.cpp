// SPDX-License-Identifier: GPL-2.0-or-later
// Sets the status for systemd (sd_notify(3)) and a property on the bus.
#include "app/problem_report.h"

#include <utility>

#include <systemd/sd-daemon.h>

namespace gpiobroker::app {
namespace {

/// That fit into a message with room to spare.
constexpr std::size_t kMostProblems = 50;

constexpr const char* kNoneOpened = "the broker has no GPIO chip, and waits for one";

}  // namespace

std::vector<std::string> problems_of_chips(const core::Board& board, const gpio::ChipNodes& nodes) {
  std::vector<std::string> problems = nodes.unopened();
  if (board.chips().all().empty()) {
    problems.insert(problems.begin(), problems.empty() ? kNoChip : kNoneOpened);
  }
  return problems;
}

void ProblemReport::tell(std::vector<std::string> problems, bus::Service& service) {
  if (problems.size() > kMostProblems) {
    problems.resize(kMostProblems);
    problems.emplace_back("and more: see the log");
  }
  const std::string more =
      problems.size() < 2 ? "" : " (and " + std::to_string(problems.size() - 1) + " more)";
  tell_status(problems.empty() ? "" : problems.front() + more);
  service.set_problems(std::move(problems));
}

/// Only what is new: who is told waits until systemd has read what it was told before.
void ProblemReport::tell_status(std::string status) {
  if (status == status_) return;
  status_ = std::move(status);
  sd_notify(0, ("STATUS=" + status_).c_str());
}

}  // namespace gpiobroker::app
