// SPDX-License-Identifier: LGPL-2.1-or-later
// A table for a terminal: rows of cells, with columns that line up.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace gpiobroker::cli {

/// Rows of as many cells as there are headings. A cell without text shows as "-", so that a
/// program that splits at blanks finds every column. Cells are made printable.
class Table {
 public:
  explicit Table(std::vector<std::string> headings);

  void add(std::vector<std::string> row);

  friend std::ostream& operator<<(std::ostream& out, const Table& table);

 private:
  [[nodiscard]] std::vector<std::size_t> widths() const;

  std::vector<std::vector<std::string>> rows_;  // the first are the headings
};

}  // namespace gpiobroker::cli
