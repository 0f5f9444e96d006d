// SPDX-License-Identifier: GPL-2.0-or-later
// Describes a client in words.
#include "core/lease/client.h"

#include "core/base/text.h"

namespace gpiobroker::core {

std::string describe(const Client& client) {
  if (client.uid == kUnknownUser) return "of an unknown user";
  std::string words = "uid " + std::to_string(client.uid) + ", pid " + std::to_string(client.pid) +
                      ", command " + in_quotes(client.command);
  if (!client.unit.empty()) words += ", unit " + in_quotes(client.unit);
  return words;
}

}  // namespace gpiobroker::core
