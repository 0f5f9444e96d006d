// SPDX-License-Identifier: GPL-2.0-or-later
// Patterns over lines, as rules name them.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/base/result.h"
#include "core/line/line_facts.h"

namespace gpiobroker::core {

/// One of:
///   GPIO17, GPIO1*, ID_S?   a line's name, with * ? [a-z] [!a-z] as in the shell
///   GPIO2..GPIO9            names that end in a number of that range
///   gpiochip0:17            an offset of a chip, by the chip's name or label; of the chip, too,
///   pinctrl-*:2-9, *:*      a shell pattern; of the offset a range, or * for all
///   J8:11, J8:3-7, BOARD11  pins of the Raspberry Pi's 40-pin header
///   line::P9_22 [spi0]      the line that is called exactly so
///   chip::gpiochip0:2-9     offsets of the chip that is called exactly so, or by a link
///   label::mmc[0]:*         offsets of chips that are labelled exactly so
///
/// A line that is called exactly like the text fits it always, and so does a chip that is called or
/// labelled exactly like the part before the colon, whatever else the text may mean: names may hold
/// brackets and stars. A label that is another chip's name fits only as label::.
///
/// Compared with what is known of a line, not with what it was called in a request: whoever asks
/// for J8:11 meets the rules for GPIO17. A name without a wildcard, and a range, also fit the line
/// that has this BCM number on the chip with the header, as they do when lines are looked up;
/// GPIO* fits only lines that the device tree calls so. Aliases are to be replaced beforehand.
class LinePattern {
 public:
  /// Refused: invalid_setting, in the field "lines".
  [[nodiscard]] static Result<LinePattern> parse(std::string_view text);

  [[nodiscard]] bool matches(const LineFacts& line) const;

  /// Whether it cannot mean several lines of a board, but for names given twice.
  [[nodiscard]] bool names_one_line() const;

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    [[nodiscard]] bool has(std::uint32_t number) const { return first <= number && number <= last; }
  };
  struct Name {
    std::string glob;
  };
  struct NumberedName {
    std::string prefix;
    Range numbers;
  };
  struct ChipAndOffset {
    std::string chip_glob;
    Range offsets;
  };
  struct HeaderPin {
    Range pins;
  };
  struct ExactName {
    std::string name;
  };
  struct ExactChip {
    bool by_label = false;
    std::string name;
    Range offsets;
  };
  using Form = std::variant<Name, NumberedName, ChipAndOffset, HeaderPin, ExactName, ExactChip>;

  LinePattern(std::string_view text, Form form) : text_(text), form_(std::move(form)) {}

  [[nodiscard]] static Result<LinePattern> parse_exact_chip(std::string_view text,
                                                            std::size_t prefix);
  [[nodiscard]] static Result<LinePattern> parse_numbered(std::string_view text, std::size_t dots);
  [[nodiscard]] static Result<LinePattern> parse_numbers(std::string_view text, std::size_t colon);
  [[nodiscard]] static Result<Range> parse_range(std::string_view text, std::string_view numbers);

  [[nodiscard]] static bool fits(const Name& form, const LineFacts& line);
  [[nodiscard]] static bool fits(const NumberedName& form, const LineFacts& line);
  [[nodiscard]] static bool fits(const ChipAndOffset& form, const LineFacts& line);
  [[nodiscard]] static bool fits(const HeaderPin& form, const LineFacts& line);
  [[nodiscard]] static bool fits(const ExactName& form, const LineFacts& line);
  [[nodiscard]] static bool fits(const ExactChip& form, const LineFacts& line);
  [[nodiscard]] bool says_what_it_is() const;

  std::string text_;
  Form form_;
};

}  // namespace gpiobroker::core
