// SPDX-License-Identifier: LGPL-2.1-or-later
// Settings of lines, as options of the verbs that take leases.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/line_with_value.h"
#include "cli/verb.h"
#include "gpiobroker/settings.h"

namespace gpiobroker::cli {

/// Lines with or without a value, and settings for all of them.
struct LeaseOptions {
  std::vector<LineWithValue> lines;
  Settings settings;
};

enum class LineValues { none, optional, required };

/// Adds the lines as arguments, with values or without, and --direction, --bias, --drive,
/// --active-low, --edge, --debounce-period, --take-from-peripheral and --consumer. `options` must
/// live until the command line is read.
void add_lease_options(Verb& verb, LeaseOptions& options, LineValues values);

/// Refuses the word for a line that has a value with it, where nothing is driven.
void refuse_value(const std::string& word);

/// What to ask the broker for. A line with a value is an output, one without is an input, unless
/// a direction was given.
[[nodiscard]] std::vector<LineSettings> wanted(const LeaseOptions& options);

}  // namespace gpiobroker::cli
