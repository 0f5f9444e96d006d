// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of words from outside.
#include "core/base/text.h"

#include <gtest/gtest.h>

#include "core/lease/client.h"

namespace gpiobroker::core {
namespace {

TEST(AQuotedText, StandsInSingleQuotes) {
  EXPECT_EQ(in_quotes("GPIO17"), "'GPIO17'");
  EXPECT_EQ(in_quotes(""), "''");
  EXPECT_EQ(in_quotes("J8:11 ~!"), "'J8:11 ~!'");
}

TEST(AQuotedText, StaysOnOneLine) {
  EXPECT_EQ(in_quotes("a\nb\rc\td"), "'a\\x0ab\\x0dc\\x09d'");
}

TEST(AQuotedText, SendsNoEscapesToATerminal) {
  EXPECT_EQ(in_quotes("\x1b[31m\x7f\x9b"), "'\\x1b[31m\\x7f\\x9b'");
}

TEST(AQuotedText, CannotBeEndedFromWithin) {
  EXPECT_EQ(in_quotes("it's"), "'it\\x27s'");
}

TEST(AQuotedText, ShowsANameAsItIsTyped) {
  EXPECT_EQ(in_quotes("T\\xfcr"), "'T\\xfcr'");
}

TEST(AQuotedText, KeepsABytePastAscii) {
  EXPECT_EQ(in_quotes("\xc3\xa4"), "'\\xc3\\xa4'");
  EXPECT_EQ(in_quotes(std::string_view("a\0b", 3)), "'a\\x00b'");
}

TEST(APrintableText, IsAsLongAsItWasAndKeepsItsQuotes) {
  EXPECT_EQ(printable("'it' \\ 3"), "'it' \\ 3");
  EXPECT_EQ(printable("\x1b\n\xc3\xa4"), "\\x1b\\x0a\\xc3\\xa4");
  EXPECT_EQ(printable(std::string(100, 'x')), std::string(100, 'x'));
}

TEST(AQuotedText, IsCutAtSixtyFourBytes) {
  EXPECT_EQ(core::in_quotes(std::string(64, 'x')), "'" + std::string(64, 'x') + "'");
  EXPECT_EQ(core::in_quotes(std::string(65, 'x')), "'" + std::string(64, 'x') + "'...");
  EXPECT_EQ(core::in_quotes(std::string(1000, '\n')).size(), 64U * 4 + 5);
}

TEST(ANumber, IsReadFromDigits) {
  EXPECT_EQ(number_in("0"), 0);
  EXPECT_EQ(number_in("17"), 17);
  EXPECT_EQ(number_in("007"), 7);
  EXPECT_EQ(number_in("999999999"), 999999999);
}

TEST(ANumber, IsNotReadFromAnythingElse) {
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "1.0", "0x11", "1e3", "17a"}) {
    EXPECT_EQ(number_in(text), -1) << text;
  }
}

TEST(ANumber, HasAtMostNineDigits) {
  EXPECT_EQ(number_in("1000000000"), -1);
  EXPECT_EQ(number_in("0000000001"), -1);
  EXPECT_EQ(number_in("99999999999999999999999"), -1);
}

TEST(AHolder, IsDescribedByWhatTheBusVouchesFor) {
  EXPECT_EQ(
      describe(Client{.name = {":1.42"}, .uid = 1000, .pid = 4711, .unit = "", .command = "blink"}),
      "uid 1000, pid 4711, command 'blink'");
}

TEST(AHolder, IsDescribedWithItsUnitIfItHasOne) {
  EXPECT_EQ(describe(Client{
                .name = {":1.42"}, .uid = 0, .pid = 7, .unit = "fan.service", .command = "fan'\n"}),
            "uid 0, pid 7, command 'fan\\x27\\x0a', unit 'fan.service'");
}

}  // namespace
}  // namespace gpiobroker::core
