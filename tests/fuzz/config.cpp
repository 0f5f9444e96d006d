// SPDX-License-Identifier: GPL-2.0-or-later
// Fuzzes the configuration: files with a NUL between them are read, checked, merged and asked.
#include "config/configuration.h"

#include "config/test_accounts.h"
#include "core/broker/broker.h"
#include "core/broker/explain.h"
#include "fuzz/hostile_chip.h"
#include "fuzz/input.h"
#include "fuzz/refusals.h"
#include "fuzz/target.h"
#include "fuzz/world.h"
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::fuzz {
namespace {

std::vector<config::Checked<config::Document>> documents_in(std::string_view text) {
  constexpr std::size_t kMost = 4;
  std::vector<config::Checked<config::Document>> documents;
  while (documents.size() < kMost) {
    const auto end = text.find('\0');
    const std::string file = "config.d/" + std::to_string(documents.size()) + ".json";
    documents.push_back(config::parse_document(file, text.substr(0, end)));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return documents;
}

void expect_clear(const config::Problem& problem) {
  expect(!problem.file.empty(), "a problem names a file");
  expect_printable(problem.message);
}

/// A board on which a policy is put in force.
class AdministratedBoard : public World<test::BrokerTest> {
 public:
  AdministratedBoard() { board_.attach(hostile_chip().attachable()); }

  void try_out(const core::Policy& policy) {
    (void)broker_.parking().apply(policy, test::kNow);
    for (const auto& [alias, line] : policy.aliases()) ask(alias);
    for (const char* line : {"GPIO17", "J8:3", "gpiochip1:3", "T\\xfcr", "line::*"}) ask(line);
    const auto id = acquire(test::kAlice, {"GPIO17", "EXP3"}, test::kHigh);
    if (!id) return fuzz::expect_helpful(id.error());
    broker_.goodbye(test::kAlice.name, test::kNow);
    for (const core::LineId line : {test::kGpio17, test::kExp3}) expect_as_chosen(line);
  }

 private:
  void ask(const std::string& line) {
    for (const test::Client& client : {test::kAlice, test::kBob, test::kCarol}) {
      for (const char* verb : {"read", "lease", "share", "observe", "persist", "time", "revoke"}) {
        const auto verdict = core::explain(broker_, client, line, verb);
        if (!verdict) fuzz::expect_helpful(verdict.error());
        if (verdict) expect(!verdict->rule.empty(), "a verdict cites a rule");
      }
    }
  }

  void expect_as_chosen(core::LineId line) {
    const core::SafeState safe = broker_.safe_states().of(line);
    if (safe.kind == core::SafeState::Kind::keep) return;
    const bool driven = safe.kind == core::SafeState::Kind::output;
    expect(pin(line).driven == driven, "a line that was leased is as chosen");
  }
};

}  // namespace
}  // namespace gpiobroker::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gpiobroker;
  const std::string text(data, data + size);
  const auto made = config::interpret(fuzz::documents_in(text), test::test_accounts());
  if (made) {
    fuzz::AdministratedBoard().try_out(made->policy);
    for (const config::Problem& warning : made->warnings) fuzz::expect_clear(warning);
  } else {
    fuzz::expect(!made.error().empty(), "there is a problem");
    for (const config::Problem& problem : made.error()) fuzz::expect_clear(problem);
  }
  return 0;
}
