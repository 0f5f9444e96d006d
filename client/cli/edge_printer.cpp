// SPDX-License-Identifier: LGPL-2.1-or-later
// Prints each edge on a line of its own, and all that wait in one go.
#include "cli/edge_printer.h"

#include <unistd.h>
#include <iomanip>
#include <sstream>

#include "cli/json.h"
#include "cli/text.h"
#include "gpiobroker/words.h"

namespace gpiobroker::cli {
namespace {

/// Seconds with nine digits behind the point, such as "12.000345678", as in the kernel's log.
std::string in_seconds(std::chrono::nanoseconds time) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  std::ostringstream text;
  text << time.count() / kNanoseconds << '.' << std::setfill('0') << std::setw(9)
       << time.count() % kNanoseconds;
  return text.str();
}

Json json_of(const EdgeEvent& edge) {
  return {{"line", edge.line},
          {"event", to_word(edge.kind)},
          {"timestamp", edge.timestamp.count()},
          {"clock", to_word(edge.clock)},
          {"line_sequence", edge.line_sequence},
          {"sequence", edge.sequence}};
}

Json json_of(const LineStanding& line) {
  return {
      {"line", line.line}, {"value", line.active ? 1 : 0}, {"line_sequence", line.line_sequence}};
}

std::string to_text(const EdgeEvent& edge) {
  return in_seconds(edge.timestamp) + ' ' + std::string(to_word(edge.kind)) + ' ' +
         printable(edge.line) + ' ' + std::to_string(edge.line_sequence);
}

std::string to_text(const LineStanding& line) {
  return "now " + printable(line.line) + (line.active ? "=1 " : "=0 ") +
         std::to_string(line.line_sequence);
}

std::string line_of(const auto& what, bool json) {
  return (json ? json_of(what).text() : to_text(what)) + '\n';
}

}  // namespace

EdgePrinter::EdgePrinter(const std::vector<LineStanding>& start, const Options& options)
    : options_(options), outlet_(STDOUT_FILENO) {
  std::string text;
  for (const LineStanding& line : start) text += line_of(line, options_.json);
  outlet_.write(std::move(text));
}

void EdgePrinter::take(std::vector<EdgeEvent> edges) {
  for (EdgeEvent& edge : edges) waiting_.push_back(std::move(edge));
  for (; waiting_.size() > options_.most_kept; waiting_.pop_front()) {
    ++dropped_[waiting_.front().line];
  }
}

Outlet::State EdgePrinter::go_on() {
  const Outlet::State state = outlet_.state();
  if (state != Outlet::State::idle || has_printed_all()) return state;
  outlet_.write(next_text());
  return Outlet::State::busy;
}

std::string EdgePrinter::next_text() {
  std::string text;
  for (; !has_printed_all(); waiting_.pop_front()) {
    text += line_of(waiting_.front(), options_.json);
    ++printed_;
  }
  return text;
}

}  // namespace gpiobroker::cli
