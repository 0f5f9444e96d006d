// SPDX-License-Identifier: GPL-2.0-or-later
// Tables, with cells from friend and foe.
#include "cli/table.h"

#include <sstream>

#include <gtest/gtest.h>

namespace gpiobroker::cli {
namespace {

std::string text_of(const Table& table) {
  std::ostringstream out;
  out << table;
  return out.str();
}

TEST(ATable, LinesUpItsColumnsAndLeavesNoBlanksAtTheEnd) {
  Table table({"LINE", "STATE"});
  table.add({"gpiochip0:17", "leased"});
  table.add({"a", "free"});
  EXPECT_EQ(text_of(table),
            "LINE          STATE\n"
            "gpiochip0:17  leased\n"
            "a             free\n");
}

TEST(ATable, ShowsADashWhereThereIsNothing) {
  Table table({"A", "B"});
  table.add({"", ""});
  EXPECT_EQ(text_of(table), "A  B\n-  -\n");
}

TEST(ATable, SendsNoEscapesToTheTerminal) {
  Table table({"A"});
  table.add({"\x1b[31m\n"});
  EXPECT_EQ(text_of(table), "A\n\\x1b[31m\\x0a\n");
}

}  // namespace
}  // namespace gpiobroker::cli
