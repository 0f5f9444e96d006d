// SPDX-License-Identifier: GPL-2.0-or-later
// Words for a holder.
#include "core/lease/holder.h"

#include "core/base/text.h"

namespace gpiobroker::core {

std::string describe(const Holder& holder) {
  if (holder.uid == kUnknownUser) return "of an unknown user";
  std::string words = "uid " + std::to_string(holder.uid) + ", pid " + std::to_string(holder.pid) +
                      ", command " + in_quotes(holder.command);
  if (!holder.unit.empty()) words += ", unit " + in_quotes(holder.unit);
  return words;
}

}  // namespace gpiobroker::core
