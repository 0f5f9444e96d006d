// SPDX-License-Identifier: GPL-2.0-or-later
// What can be told of a call by its interface and method, before anything is read of what it
// brings.
#pragma once

#include <cstddef>
#include <string_view>

#include <systemd/sd-bus.h>

namespace gpiobroker::bus {

/// Its method's name; empty if the message has none.
[[nodiscard]] std::string_view member_of(sd_bus_message& call);

/// Whether Calls carries it out, where it waits until its caller is known, and is counted then.
[[nodiscard]] bool is_carried_out_by_calls(sd_bus_message& call);

/// Whether it may bring lists of lines.
[[nodiscard]] bool takes_lists(sd_bus_message& call);

/// Whether it asks for all objects with all their properties.
[[nodiscard]] bool wants_all_objects(sd_bus_message& call);

/// How long its answer is, about, in bytes, where it brings so many; without those of all objects.
[[nodiscard]] std::size_t size_of_answer(sd_bus_message& call, std::size_t brought);

}  // namespace gpiobroker::bus
