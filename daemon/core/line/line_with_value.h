// SPDX-License-Identifier: GPL-2.0-or-later
// A line and its level, as read or as it is to be driven.
#pragma once

#include "core/line/settings.h"

namespace gpiobroker::core {

/// `Line` is how the line is named, as in LineWithSettings.
template <class Line>
struct LineWithValue {
  Line line;
  Value value = Value::inactive;

  bool operator==(const LineWithValue&) const = default;
};

}  // namespace gpiobroker::core
