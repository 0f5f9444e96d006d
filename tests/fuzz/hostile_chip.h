// SPDX-License-Identifier: GPL-2.0-or-later
// A chip of a fuzzer's board whose driver calls its lines what nobody should.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/spelling.h"
#include "support/fake_chip.h"
#include "support/hostile_names.h"

namespace gpiobroker::fuzz {

/// gpiochip9, labelled as if it were a pattern, with a line for each hostile name.
[[nodiscard]] inline test::FakeChip hostile_chip() {
  std::vector<std::string> names;
  for (const std::string_view name : test::kHostileNames) names.push_back(core::name_from(name));
  return {{.name = "gpiochip9",
           .label = "[mmc0]*",
           .path = "",
           .line_count = static_cast<std::uint32_t>(names.size())},
          std::make_shared<test::FakeRecord>(),
          names};
}

}  // namespace gpiobroker::fuzz
