// SPDX-License-Identifier: GPL-2.0-or-later
// Helpers of the contract.
#include "contract/chip_contract.h"

#include <array>

namespace gpiobroker::test {

AChip::Request AChip::take(const std::vector<Offset>& lines, const std::string& consumer) {
  auto request = chip().request(lines, consumer);
  return request ? std::move(*request) : throw std::runtime_error(request.error().message);
}

AChip::Request AChip::take_as(Offset line, const core::LineSettings& settings) {
  auto request = take({line});
  const auto done = request->configure(std::array{LineWithSettings{line, settings}});
  if (!done) throw std::runtime_error(done.error().message);
  return request;
}

std::vector<Offset> first_lines(std::uint32_t count) {
  std::vector<Offset> lines;
  for (std::uint32_t i = 0; i < count; ++i) lines.push_back(Offset{i});
  return lines;
}

}  // namespace gpiobroker::test
