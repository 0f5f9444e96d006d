// SPDX-License-Identifier: GPL-2.0-or-later
// The names and numbers by which rules and aliases know a line.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/line/line_id.h"

namespace gpiobroker::core {

struct LineFacts {
  std::string chip;   ///< the chip's name, such as "gpiochip0"
  std::string label;  ///< the chip's label, such as "pinctrl-rp1"
  Offset offset;
  std::string name = {};   ///< empty where the device tree gives none
  bool on_header = false;  ///< the chip carries the 40-pin header: its offsets are BCM numbers
  std::vector<std::string> links = {};  ///< further names of the chip: those of links to its node
  bool label_is_a_name = false;  ///< another chip's, which goes first: the label then only counts
                                 ///< where it is called one
};

/// Names of the administrator's for lines: alias to line spec.
using Aliases = std::map<std::string, std::string, std::less<>>;

/// Links to the nodes of chips: the link's own name, such as "gpiochip4", to the chip's.
using ChipLinks = std::map<std::string, std::string, std::less<>>;

/// What says in words of a spec or a pattern what the rest of it is, so that every name can be
/// written, whatever is in it. The rest is taken literally.
inline constexpr std::string_view kSaysLine = "line::";    ///< line::NAME
inline constexpr std::string_view kSaysChip = "chip::";    ///< chip::NAME:OFFSET
inline constexpr std::string_view kSaysLabel = "label::";  ///< label::LABEL:OFFSET

}  // namespace gpiobroker::core
