// SPDX-License-Identifier: GPL-2.0-or-later
// Writes the whole ledger at each change.
#include "core/chip/ledger.h"

namespace gpiobroker::core {

Result<void> Ledger::enter(const std::vector<LineId>& lines, const SafeStates& states,
                           LeaseId next_lease) {
  LedgerContent content = content_;
  content.next_lease = next_lease;
  for (const LineId line : lines) content.lines[line] = states.of(line);
  if (auto written = store_.write(content); !written) return written;
  content_ = std::move(content);
  return {};
}

Result<void> Ledger::note_handed_out(const std::vector<LineId>& lines, const SafeStates& states) {
  LedgerContent content = content_;
  content.handed_out.insert(lines.begin(), lines.end());
  for (const LineId line : lines) content.lines.try_emplace(line, states.of(line));
  if (content.handed_out.size() == content_.handed_out.size()) return {};
  if (auto written = store_.write(content); !written) return written;
  content_ = std::move(content);
  return {};
}

void Ledger::strike(const std::vector<LineId>& lines) {
  std::size_t struck = 0;
  for (const LineId line : lines) {
    struck += content_.lines.erase(line);
    content_.handed_out.erase(line);
  }
  if (struck > 0) (void)store_.write(content_);
}

}  // namespace gpiobroker::core
