// SPDX-License-Identifier: GPL-2.0-or-later
// Lies, where it should, about what the simulated chip says.
#include "support/fake_chip_adapter.h"

#include "support/fake_line_request.h"

namespace gpiobroker::test {

core::Result<core::LineInfo> FakeChipAdapter::line_info(core::Offset offset) const {
  const std::span<const core::Offset> line(&offset, 1);
  auto info = state_->carry_out(Operation::info, line, "info" + state_->names_of(line),
                                [&] { return chip_.line_info(offset); });
  const auto lie = state_->lies.find(offset);
  if (info && lie != state_->lies.end()) info->settings = lie->second;
  const auto stale = state_->lies_while_free.find(offset);
  if (info && !info->used && stale != state_->lies_while_free.end()) info->settings = stale->second;
  return info;
}

std::optional<core::PinUse> FakeChipAdapter::pin_use(core::Offset offset) const {
  const auto claim = state_->claims.find(offset);
  const core::PinUse use = chip_.pin_use(offset).value();
  if (use.selected || claim == state_->claims.end()) return use;
  return core::PinUse{.function = claim->second, .selected = false};
}

core::Result<void> FakeChipAdapter::watch_apart(core::Offset offset, bool apart) {
  if (apart) {
    state_->apart.insert(offset);
  } else {
    state_->apart.erase(offset);
  }
  return {};
}

core::Result<std::unique_ptr<core::LineRequest>> FakeChipAdapter::request(
    std::span<const core::Offset> offsets, std::string_view consumer) {
  auto request =
      state_->carry_out(Operation::request, offsets, "request" + state_->names_of(offsets),
                        [&] { return chip_.request(offsets, consumer); });
  if (!request) return request;
  return std::make_unique<FakeLineRequest>(
      state_, std::make_shared<FakeKernelRequest>(state_, std::move(*request),
                                                  std::vector(offsets.begin(), offsets.end())));
}

}  // namespace gpiobroker::test
