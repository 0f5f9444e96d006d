// SPDX-License-Identifier: GPL-2.0-or-later
// What an administrator is told of a policy and the lines that are here.
#include "core/policy/remarks.h"

#include "unit/lines.h"
#include "unit/refusals.h"

namespace gpiobroker::test {
namespace {

using core::LineEntry;
using core::LineFacts;
using core::LinePattern;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<LinePattern> patterns_of(const std::vector<std::string>& texts) {
  std::vector<LinePattern> all;
  for (const std::string& text : texts) all.push_back(LinePattern::parse(text).value());
  return all;
}

LineEntry driving(const std::string& pattern) {
  return {
      .match = patterns_of({pattern}),
      .safe = core::SafeState{.kind = core::SafeState::Kind::output, .value = core::Value::active},
      .park = true};
}

core::Rule rule(const std::string& name, const std::vector<std::string>& lines) {
  return {.name = name,
          .users = {},
          .groups = {},
          .units = {},
          .lines = patterns_of(lines),
          .verbs = {},
          .allow = true};
}

LineFacts twin(const std::string& chip, std::uint32_t offset) {
  return {.chip = chip, .label = "relays", .offset = core::Offset{offset}};
}

std::set<std::string> remarks(core::Policy::Parts parts, const std::vector<LineFacts>& lines) {
  return core::remarks(core::Policy(std::move(parts)), lines);
}

TEST(Remarks, AreAboutEntriesRulesAndAliasesThatFitNothing) {
  core::Policy::Parts parts;
  parts.lines.push_back({.match = patterns_of({"GPIO17", "GPOI17"})});
  parts.rules.push_back(rule("fans", {"FAN*", "GPIO4"}));
  parts.rules.push_back(rule("everything", {}));
  parts.aliases = {{"fan", "GPIO99"}, {"led", "GPIO17"}};
  EXPECT_THAT(remarks(parts, {gpio(17), gpio(4)}),
              UnorderedElementsAre(AllOf(HasSubstr("lines"), HasSubstr("'GPOI17'")),
                                   AllOf(HasSubstr("rule 'fans'"), HasSubstr("'FAN*'")),
                                   AllOf(HasSubstr("alias 'fan'"), HasSubstr("'GPIO99'"))));
}

TEST(Remarks, AreNotMadeWhereEverythingFits) {
  core::Policy::Parts parts;
  parts.lines.push_back({.match = patterns_of({"[mmc0_cd]"})});
  EXPECT_THAT(remarks(parts, {expander_line(0, "[mmc0_cd]")}), IsEmpty());
}

TEST(Remarks, TellOfAPatternThatDrivesTheSameLineOfTwins) {
  core::Policy::Parts parts;
  parts.lines.push_back(driving("relays:1"));
  EXPECT_THAT(remarks(parts, {twin("gpiochip1", 1)}), IsEmpty());
  EXPECT_THAT(remarks(parts, {twin("gpiochip1", 1), twin("gpiochip2", 1), twin("gpiochip2", 2)}),
              ElementsAre(AllOf(HasSubstr("'relays:1'"), HasSubstr("gpiochip1:1 gpiochip2:1"))));
}

TEST(Remarks, DoNotTellOfTwinsThatNobodyDrives) {
  core::Policy::Parts parts;
  parts.lines.push_back({.match = patterns_of({"relays:*"}), .is_protected = true});
  EXPECT_THAT(remarks(parts, {twin("gpiochip1", 1), twin("gpiochip2", 1)}), IsEmpty());
}

TEST(Remarks, TellOfALabelThatIsAnotherChipsName) {
  LineFacts line = expander_line(1);
  line.label = "gpiochip0";
  line.label_is_a_name = true;
  EXPECT_THAT(remarks({}, {line}), ElementsAre(HasSubstr("'label::gpiochip0:N'")));
}

}  // namespace
}  // namespace gpiobroker::test
