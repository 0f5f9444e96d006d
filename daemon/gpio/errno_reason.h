// SPDX-License-Identifier: GPL-2.0-or-later
// Finds the reason why the kernel refused a call: no other file turns an errno into one.
#pragma once

#include <exception>
#include <span>
#include <string_view>
#include <type_traits>

#include <gpiod.hpp>

#include "core/base/result.h"

namespace gpiobroker::gpio {

enum class Operation { open, ask, take, configure, read, set };

/// A call to the kernel, as far as a message tells of it.
struct KernelCall {
  Operation operation;
  std::string_view chip;  ///< its name, or its device node while it has no name yet
  std::span<const gpiod::line::offset> lines = {};
};

/// The same errno means different things to different calls.
[[nodiscard]] core::Reason reason_for(int error_number, Operation operation);

/// "cannot take lines 17, 27 of gpiochip0: Device or resource busy", and what to do about it.
[[nodiscard]] core::Refused refusal(const KernelCall& call, int error_number);

/// The refusal for what libgpiod threw. Only within a catch block.
[[nodiscard]] core::Refused refusal_of_current_exception(const KernelCall& call);

/// Makes a call through libgpiod; returns its value, or the refusal for what it threw.
template <class Call>
auto ask_kernel(const KernelCall& call, Call make) -> core::Result<std::invoke_result_t<Call>> {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Call>>) {
      make();
      return {};
    } else {
      return make();
    }
  } catch (const std::exception&) {
    return refusal_of_current_exception(call);
  }
}

}  // namespace gpiobroker::gpio
