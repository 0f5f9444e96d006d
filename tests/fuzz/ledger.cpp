// SPDX-License-Identifier: GPL-2.0-or-later
// Fuzzes the ledger's file: whatever a dead broker, or something else, left there, a new one
// starts.
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "core/broker/broker.h"
#include "fuzz/input.h"
#include "fuzz/refusals.h"
#include "fuzz/target.h"
#include "fuzz/world.h"
#include "harness/temporary_folder.h"
#include "ledger/board_ledger.h"
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::fuzz {
namespace {

using core::LeaseId;

const test::TemporaryFolder& folder() {
  static const test::TemporaryFolder folder;
  return folder;
}

class Successor : public World<test::BoardTest> {
 public:
  /// As gpiobrokerd and gpiobroker-reset do when they start.
  void start() {
    ledger::BoardLedger ledger(board_, folder().file(""));
    const ledger::LedgerLeftover leftover = ledger.read(LeaseId{1});
    for (const std::string& words : leftover.lost) expect_printable(words);
    core::Broker broker(board_, ledger, leftover.content);
    core::SafeStates states;
    for (const auto& [line, state] : leftover.content.lines) states.set(line, state);
    (void)broker.startup_sweep().sweep(states, test::kNow);
    for (const auto& [line, state] : leftover.content.lines) expect_state(line, state);
    expect(ledger.read(LeaseId{1}).content.lines.empty(), "nothing is at risk after a sweep");
  }

 private:
  void expect_state(core::LineId line, const core::SafeState& state) {
    if (state.kind == core::SafeState::Kind::keep) return;
    const core::PinState pin = this->pin(line);
    const bool driven = state.kind == core::SafeState::Kind::output;
    expect(pin.driven == driven && pin.pull == state.bias, "a swept line is in its safe state");
  }
};

/// What was understood says the same once it was written.
void expect_the_same_again(const std::string& text) {
  const auto document = ledger::parse(text);
  if (!document) return expect(!document.error().message.empty(), "a refusal says why");
  const std::string written = ledger::to_text(*document);
  const auto again = ledger::parse(written);
  expect(again.has_value(), "what was written can be read");
  expect(ledger::to_text(*again) == written, "what was read is what was written");
}

}  // namespace
}  // namespace gpiobroker::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gpiobroker::fuzz;
  const std::string text(data, data + size);
  expect_the_same_again(text);
  std::ofstream(folder().file("ledger.json"), std::ios::binary) << text;
  Successor().start();
  return 0;
}
