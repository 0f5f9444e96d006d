// SPDX-License-Identifier: GPL-2.0-or-later
// The rules that a request must keep on every chip, real or simulated.
#pragma once

#include <span>
#include <string>

#include "core/chip/chip.h"

namespace gpiobroker::gpio {

/// What no chip of this kind does, about the lines of a request.
[[nodiscard]] core::Refused unsupported(const std::string& why);

/// Refuses, as unsupported, what the kernel would refuse with a bare EINVAL, or libgpiod would
/// quietly merge: no lines, too many, a line the chip does not have, a line named twice.
[[nodiscard]] core::Result<void> check_lines(const core::ChipInfo& chip,
                                             std::span<const core::Offset> offsets);

/// What to say of a request with more different settings than the kernel takes.
inline constexpr std::string_view kTooVaried =
    "the lines of one chip in a lease can have at most 10 different settings in all";

/// Refuses, as unsupported, more different settings than the kernel takes for one request.
[[nodiscard]] core::Result<void> check_variety(
    std::span<const core::LineWithSettings<core::Offset>> lines);

/// "line gpiochip0:4 'GPIO4' is in use outside the broker by 'w1'".
[[nodiscard]] core::Refused line_in_use(const core::ChipInfo& chip, core::Offset offset,
                                        const core::LineInfo& info);

/// The bytes of the consumer's name, as far as the kernel keeps them.
[[nodiscard]] std::string cut_consumer(std::string_view consumer);

}  // namespace gpiobroker::gpio
