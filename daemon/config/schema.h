// SPDX-License-Identifier: GPL-2.0-or-later
// Checks a document against the published schema.
#pragma once

#include "config/document.h"

namespace gpiobroker::config {

/// The text of config.schema.json, JSON Schema draft 7. Each part of it that a message can be
/// about has a title ("a verb") and a description ("read, lease, ..."): they make the message.
extern const char* const kSchema;

/// All that the schema has against a document; nothing if it is valid.
[[nodiscard]] Problems check_schema(const Document& document);

}  // namespace gpiobroker::config
