// SPDX-License-Identifier: GPL-2.0-or-later
// A chip is found again by its label and its device; of an older ledger, or where those are several
// chips' or nobody's, by its name too.
#include "ledger/board_ledger.h"

#include "core/base/text.h"

namespace gpiobroker::ledger {
namespace {

/// Whether a name in a ledger is that name, whichever broker wrote it.
bool is_name(const std::string& written, const std::string& name) {
  return written == name || written == earlier_spelling(name);
}

bool is_same_line(const Entry& one, const Entry& other) {
  return one.chip == other.chip && one.label == other.label && one.offset == other.offset;
}

core::Refused not_here(const Entry& entry, const std::string& why) {
  return core::refuse(core::Reason::no_such_line, "ledger",
                      "the ledger's line " + core::in_quotes(entry.name) + ", offset " +
                          std::to_string(entry.offset) + " of " + core::in_quotes(entry.chip) +
                          " (" + core::in_quotes(entry.label) +
                          "), is not here and may still be driven; it stays in the ledger: " + why);
}

}  // namespace

LedgerLeftover BoardLedger::read(core::LeaseId fresh_lease) {
  const auto document = file_.read();
  if (!document) {
    const std::string aside = file_.set_aside().string();
    return {.content = {.next_lease = fresh_lease, .lines = {}},
            .lost = {file_.path().string() + " cannot be understood (" + document.error().message +
                     ") and is kept as " + aside}};
  }
  LedgerLeftover leftover;
  lost_.clear();
  if (!document->has_value()) return leftover;
  leftover.content.next_lease = {(*document)->next_lease};
  for (const Entry& entry : (*document)->lines) {
    if (const auto line = line_of(entry)) {
      leftover.content.lines[*line] = entry.safe;
      if (entry.handed_out) leftover.content.handed_out.insert(*line);
    } else {
      leftover.lost.push_back(line.error().message);
      lost_.push_back(entry);
    }
  }
  return leftover;
}

core::Result<void> BoardLedger::write(const core::LedgerContent& content) {
  Document document{.next_lease = content.next_lease.value, .lines = {}};
  for (const auto& [line, safe] : content.lines) {
    document.lines.push_back(entry_of(line, safe));
    document.lines.back().handed_out = content.handed_out.contains(line);
  }
  for (const Entry& entry : document.lines) {
    std::erase_if(lost_, [&](const Entry& lost) { return is_same_line(lost, entry); });
  }
  document.lines.insert(document.lines.end(), lost_.begin(), lost_.end());
  return file_.write(document);
}

Entry BoardLedger::entry_of(core::LineId line, const core::SafeState& safe) const {
  const core::ChipInfo& chip = board_.chips().at(line.chip).info();
  return {.chip = chip.name,
          .label = chip.label,
          .offset = line.offset.value,
          .name = board_.directory().name_of(line),
          .safe = safe,
          .device = chip.device};
}

/// The chips that an entry may mean. A chip on another device than the one that was written down is
/// another chip, whatever its name is.
std::vector<core::ChipId> BoardLedger::chips_of(const Entry& entry) const {
  std::vector<core::ChipId> labelled;
  std::vector<core::ChipId> named;
  for (const auto& [id, chip] : board_.chips().all()) {
    const core::ChipInfo& info = chip->info();
    const bool is_elsewhere = !entry.device.empty() && info.device != entry.device;
    if (!is_name(entry.label, info.label) || is_elsewhere) continue;
    labelled.push_back(id);
    if (info.name == entry.chip) named.push_back(id);
  }
  return labelled.size() == 1 ? labelled : named;
}

core::Result<core::LineId> BoardLedger::line_of(const Entry& entry) const {
  const std::vector<core::ChipId> chips = chips_of(entry);
  if (chips.size() != 1) return not_here(entry, "no such chip");
  const core::LineId line{chips.front(), core::Offset{entry.offset}};
  if (entry.offset >= board_.chips().at(line.chip).info().line_count) {
    return not_here(entry, "the chip has fewer lines");
  }
  const std::string& name = board_.directory().name_of(line);
  if (!is_name(entry.name, name))
    return not_here(entry, "that line is called " + core::in_quotes(name));
  return line;
}

}  // namespace gpiobroker::ledger
