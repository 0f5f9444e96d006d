// SPDX-License-Identifier: GPL-2.0-or-later
// Words for people who look for what went wrong.
#include "model/act.h"

namespace gpiobroker::test {
namespace {

constexpr unsigned kMostLines = 8;

const char* verb_of(Deed deed) {
  switch (deed) {
    case Deed::acquire: return "acquires";
    case Deed::release_all: return "releases all";
    case Deed::release_line: return "releases";
    case Deed::keep_alive: return "keeps alive the lease of";
    case Deed::use: return "uses";
    case Deed::offer: return "offers";
    case Deed::accept: return "accepts";
    case Deed::go: return "is gone";
    case Deed::revoke: return "the administrator revokes";
    case Deed::pass_time: return "a minute passes";
    case Deed::break_line: return "cannot be configured any more:";
    case Deed::break_answer: return "is said to be pulled up whatever it is:";
    case Deed::mend_line: return "is mended:";
    case Deed::fill_store: return "the ledger's folder is full";
    case Deed::empty_store: return "the ledger's folder has room again";
    case Deed::kill_broker: return "the broker is killed";
    case Deed::start_broker: return "another broker starts";
  }
  return "?";
}

bool is_of_a_client(Deed deed) {
  return deed <= Deed::go;
}

std::string words_for_lines(unsigned lines) {
  std::string words;
  for (unsigned i = 0; i < kMostLines; ++i) {
    if ((lines >> i & 1U) != 0) words += " line " + std::to_string(i);
  }
  return words;
}

std::string words_for_wishes(const Act& act) {
  std::string words = std::string(", ") + to_word(act.access) + ", " + to_word(act.lifetime);
  if (act.heartbeat) words += ", with a heartbeat";
  if (act.waits) words += ", waiting";
  return words;
}

}  // namespace

std::string to_words(const Act& act) {
  std::string words;
  if (is_of_a_client(act.deed)) words = "client " + std::to_string(act.client) + " ";
  words += verb_of(act.deed) + words_for_lines(act.lines);
  if (act.deed == Deed::acquire) words += words_for_wishes(act);
  if (act.deed == Deed::offer) words += " to client " + std::to_string(act.to);
  if (act.killed_at > 0) {
    words += "; the broker is killed at step " + std::to_string(act.killed_at) + " of it";
  }
  return words;
}

std::string to_words(const Story& story) {
  std::string words;
  for (const Act& act : story) words += "\n  " + to_words(act);
  return words;
}

}  // namespace gpiobroker::test
