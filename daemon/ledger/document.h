// SPDX-License-Identifier: GPL-2.0-or-later
// The content of a ledger, in names that outlive the broker that wrote it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/line/safe_state.h"

namespace gpiobroker::ledger {

/// A line at risk, as another process finds it again. All names are names of ours
/// (core/base/spelling.h), which keep every byte of the kernel's.
struct Entry {
  std::string chip;   ///< the kernel's name when it was written; moves between kernels
  std::string label;  ///< the driver's, which stays
  std::uint32_t offset = 0;
  std::string name;  ///< the line's; empty if it has none
  core::SafeState safe;
  std::string device = {};  ///< the chip's, in sysfs; empty if it has none, or was not written
  bool handed_out = false;  ///< somebody may have a duplicate of its kernel request
};

struct Document {
  std::uint64_t next_lease = 1;
  std::vector<Entry> lines;
};

/// JSON: {"format": "gpiobroker-ledger-1", "next-lease": 8, "lines": [{"chip": "gpiochip0",
/// "label": "pinctrl-bcm2711", "offset": 17, "name": "GPIO17",
/// "safe": {"direction": "input", "bias": "disabled"}}]}. In place of an object, "safe" may be
/// "keep"; that of an output has a "value", 0 or 1. A line may have a "device" beside "chip", and
/// "direct": true.
[[nodiscard]] std::string to_text(const Document& document);

/// A name of ours as brokers wrote it who had names as the kernel gives them: with U+FFFD for what
/// is no UTF-8.
[[nodiscard]] std::string earlier_spelling(const std::string& name);

/// Refused: not_recorded, for what is no such text: torn, foreign, or of another format.
[[nodiscard]] core::Result<Document> parse(const std::string& text);

}  // namespace gpiobroker::ledger
