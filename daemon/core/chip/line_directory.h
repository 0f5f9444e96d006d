// SPDX-License-Identifier: GPL-2.0-or-later
// Finds the line that a person means: by name, chip and offset, label and offset, or header pin.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/chip/chip_set.h"
#include "core/line/line_facts.h"

namespace gpiobroker::core {

/// The index over the names of all attached chips and lines.
///
/// A line spec is one of, tried in this order:
///   line::A             a line by its name, whatever that looks like
///   chip::A:17          a chip by its name, or by that of a link to its node
///   label::A:17         a chip by its label
///   fan                 an alias, which stands for one of the others
///   gpiochip0:17        a chip by its name, and an offset; or by that of a link
///   pinctrl-rp1:17      a chip by its label, and an offset
///   J8:11, BOARD11      a pin of the Raspberry Pi's 40-pin header
///   GPIO17              a line by its name, exactly as the device tree spells it; what is no text
///                       there is spelled \xNN (core/base/spelling.h)
///   BCM17, GPIO4        a BCM number on the chip that carries the header, for boards whose device
///                       tree names such a line for its other use ("GPIO_GCLK")
/// A chip's name goes before a label. What fits several lines is refused and each of them named.
class LineDirectory {
 public:
  explicit LineDirectory(const ChipSet& chips) : chips_(chips) {}

  /// Enters a chip that was attached to the set.
  void add(ChipId chip);

  /// Strikes a chip that is still in the set.
  void remove(ChipId chip);

  /// Names of the administrator's for lines, in place of those before: alias to line spec. What
  /// an alias stands for need not be there.
  void set_aliases(Aliases aliases) { aliases_ = std::move(aliases); }

  /// Links to the nodes of chips, in place of those before. Their chips need not be there.
  void set_links(ChipLinks links) { links_ = std::move(links); }
  [[nodiscard]] const ChipLinks& links() const { return links_; }

  /// The line, or a refusal: no_such_line, ambiguous_line.
  [[nodiscard]] Result<LineId> find(std::string_view spec) const;

  /// The lines in the order of the specs, or the refusal of the first that is not found,
  /// or of the first that names a line again (duplicate_line).
  [[nodiscard]] Result<std::vector<LineId>> find_all(const std::vector<std::string>& specs) const;

  /// The same, where it does no harm to name a line twice: it is there twice, too.
  [[nodiscard]] Result<std::vector<LineId>> find_each(const std::vector<std::string>& specs) const;

  /// The name of a line as it was when its chip was attached; empty if it has none.
  [[nodiscard]] const std::string& name_of(LineId line) const;

  /// What rules can know of a line.
  [[nodiscard]] LineFacts facts_of(LineId line) const;

 private:
  [[nodiscard]] Result<LineId> find_as_written(std::string_view spec) const;
  [[nodiscard]] Result<LineId> find_unaliased(std::string_view spec) const;
  using Chips = std::vector<ChipId>;

  [[nodiscard]] Result<LineId> by_name(std::string_view name, std::string_view spec) const;
  [[nodiscard]] Result<LineId> by_exact_chip(std::string_view spec) const;
  [[nodiscard]] Result<LineId> by_offset(const Chips& chips, int offset,
                                         std::string_view spec) const;
  [[nodiscard]] Chips chips_named(std::string_view name) const;
  [[nodiscard]] Chips chips_labelled(std::string_view label) const;
  [[nodiscard]] Result<LineId> by_header_pin(int pin, std::string_view spec) const;
  [[nodiscard]] Result<LineId> by_bcm_number(int number, std::string_view spec) const;
  [[nodiscard]] Result<LineId> the_only(const std::vector<LineId>& lines,
                                        std::string_view spec) const;

  const ChipSet& chips_;
  Aliases aliases_;
  std::map<std::string, std::vector<LineId>, std::less<>> by_name_;  // line name: its lines
  ChipLinks links_;
  std::map<std::string, Chips, std::less<>> by_chip_;   // chip name: its chip
  std::map<std::string, Chips, std::less<>> by_label_;  // label: its chips
  std::map<LineId, std::string> names_;                 // each line: its name
  Chips header_chips_;                                  // chips that carry a header
};

}  // namespace gpiobroker::core
