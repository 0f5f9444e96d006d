// SPDX-License-Identifier: GPL-2.0-or-later
// Fuzzes names of lines, a word to a line of text; "alias=line" makes an alias.
#include <sstream>

#include "config/alias.h"
#include "core/base/glob.h"
#include "core/base/spelling.h"
#include "core/line/line_pattern.h"
#include "fuzz/hostile_chip.h"
#include "fuzz/input.h"
#include "fuzz/refusals.h"
#include "fuzz/target.h"
#include "fuzz/world.h"
#include "unit/chip/board_fixture.h"

namespace gpiobroker::fuzz {
namespace {

/// With two expanders of one label, whose lines have the same names, and with a chip of odd ones.
class CrowdedBoard : public World<test::BoardTest> {
 public:
  CrowdedBoard() {
    core::ChipInfo info = test::expander_info();
    info.name = "gpiochip2";
    board_.attach(test::FakeChip(info).attachable());
    board_.attach(hostile_chip().attachable());
  }

  void name(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) return look_up(text);
    const std::string alias = text.substr(0, equals);
    const std::string line = text.substr(equals + 1);
    const std::string fault = config::fault_of_alias(alias, line, aliases_);
    if (!fault.empty()) return expect_printable(fault);
    aliases_[alias] = line;
    board_.set_aliases(aliases_);
  }

 private:
  void look_up(const std::string& spec) {
    const auto line = board_.directory().find(spec);
    if (!line) expect_helpful(line.error());
    const auto pattern = core::LinePattern::parse(spec);
    if (!pattern) return expect_helpful(pattern.error());
    compare_with_all(*pattern);
    if (!line || aliases_.contains(spec)) return;
    expect(pattern->matches(board_.directory().facts_of(*line)), "a rule finds the line: " + spec);
    if (pattern->names_one_line()) return;
    // The name of a line that reads as several: what means it alone is another way to write it.
    const auto name = core::LinePattern::parse("line::" + spec);
    expect(core::has_wildcard(spec) || spec.find("..") != std::string::npos,
           "what finds one line names one: " + spec);
    expect(name && name->names_one_line(), "a name can be written so that it is one: " + spec);
  }

  void compare_with_all(const core::LinePattern& pattern) {
    for (const auto& [id, chip] : board_.chips().all()) {
      for (std::uint32_t offset = 0; offset < chip->info().line_count; ++offset) {
        const auto facts = board_.directory().facts_of({id, core::Offset{offset}});
        (void)pattern.matches(facts);
        (void)core::glob_matches(pattern.text(), facts.name);
      }
    }
  }

  core::Aliases aliases_;
};

}  // namespace
}  // namespace gpiobroker::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gpiobroker::fuzz::CrowdedBoard board;
  std::istringstream text(std::string(data, data + size));
  // Neither the bus nor JSON brings anything but text.
  for (std::string word; std::getline(text, word);) board.name(gpiobroker::core::fit_text(word));
  return 0;
}
