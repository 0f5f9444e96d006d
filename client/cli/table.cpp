// SPDX-License-Identifier: LGPL-2.1-or-later
// Pads every cell but the last of a row.
#include "cli/table.h"

#include <algorithm>
#include <ostream>

#include "cli/text.h"

namespace gpiobroker::cli {
namespace {

constexpr const char* kNothing = "-";
constexpr std::size_t kGap = 2;

}  // namespace

Table::Table(std::vector<std::string> headings) {
  rows_.push_back(std::move(headings));
}

void Table::add(std::vector<std::string> row) {
  for (std::string& cell : row) cell = cell.empty() ? kNothing : printable(cell);
  rows_.push_back(std::move(row));
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  return widths;
}

std::ostream& operator<<(std::ostream& out, const Table& table) {
  const auto widths = table.widths();
  for (const auto& row : table.rows_) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      out << row[i] << std::string(widths[i] - row[i].size() + kGap, ' ');
    }
    out << row.back() << '\n';
  }
  return out;
}

}  // namespace gpiobroker::cli
