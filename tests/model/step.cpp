// SPDX-License-Identifier: GPL-2.0-or-later
// Words for people who look for what went wrong.
#include "model/step.h"

namespace gpiobroker::test {
namespace {

constexpr unsigned kMostLines = 8;

const char* verb_of(Action action) {
  switch (action) {
    case Action::acquire: return "acquires";
    case Action::release_all: return "releases all";
    case Action::release_line: return "releases";
    case Action::keep_alive: return "keeps alive the lease of";
    case Action::use: return "uses";
    case Action::offer: return "offers";
    case Action::accept: return "accepts";
    case Action::open: return "opens directly";
    case Action::drive: return "drives by its duplicate";
    case Action::leave_child: return "has a child that inherits its duplicate of";
    case Action::close_direct: return "closes its duplicate and says so";
    case Action::die: return "is dead";
    case Action::go: return "is gone";
    case Action::revoke: return "the administrator revokes";
    case Action::child_drives: return "the child drives";
    case Action::child_ends: return "the child ends";
    case Action::hear: return "the broker hears what the chips tell";
    case Action::pass_time: return "a minute passes";
    case Action::break_line: return "cannot be configured any more:";
    case Action::break_answer: return "is said to be pulled up whatever it is:";
    case Action::mend_line: return "is mended:";
    case Action::fill_store: return "the ledger's folder is full";
    case Action::empty_store: return "the ledger's folder has room again";
    case Action::kill_broker: return "the broker is killed";
    case Action::start_broker: return "another broker starts";
  }
  return "?";
}

bool is_of_a_client(Action action) {
  return action <= Action::go;
}

std::string words_for_lines(unsigned lines) {
  std::string words;
  for (unsigned i = 0; i < kMostLines; ++i) {
    if ((lines >> i & 1U) != 0) words += " line " + std::to_string(i);
  }
  return words;
}

std::string words_for_wishes(const Step& step) {
  std::string words = std::string(", ") + to_word(step.access) + ", " + to_word(step.lifetime);
  if (step.heartbeat) words += ", with a heartbeat";
  if (step.waits) words += ", waiting";
  if (step.direct) words += ", directly";
  return words;
}

}  // namespace

std::string to_words(const Step& step) {
  std::string words;
  if (is_of_a_client(step.action)) words = "client " + std::to_string(step.client) + " ";
  words += verb_of(step.action) + words_for_lines(step.lines);
  if (step.action == Action::acquire) words += words_for_wishes(step);
  if (step.action == Action::offer) words += " to client " + std::to_string(step.to);
  if (step.crash_at > 0) {
    words += "; the broker is killed at point " + std::to_string(step.crash_at) + " of it";
  }
  return words;
}

std::string to_words(const Story& story) {
  std::string words;
  for (const Step& step : story) words += "\n  " + to_words(step);
  return words;
}

}  // namespace gpiobroker::test
