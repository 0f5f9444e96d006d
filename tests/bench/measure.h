// SPDX-License-Identifier: GPL-2.0-or-later
// What is measured: a function a part of the report. Those that need a chip of the kernel's give
// nothing without one.
#pragma once

#include "broker_client.h"
#include "echo.h"
#include "report.h"
#include "settings.h"

namespace gpiobroker::bench {

/// Calls of the broker, a ping first, and what the kernel takes for as much.
[[nodiscard]] Measurements time_calls(const BrokerClient& client, const Echo& echo,
                                      const Settings& settings);

/// From the kernel's time of an edge to a client that has it.
[[nodiscard]] Measurements time_edges(const BrokerClient& client, const Settings& settings);

/// From the kill of a client to what follows it.
[[nodiscard]] Measurements time_deaths(const BrokerClient& client, const Settings& settings);

/// Whole commands, `true` first: ours, and those of libgpiod that are here.
[[nodiscard]] Measurements time_processes(const Settings& settings);

/// The same as the broker's by gpio-manager, which is started for it while the broker stands still:
/// either would hear of the other's lines.
[[nodiscard]] Measurements time_gpio_manager(const Settings& settings);

/// What the broker takes now; nothing if it is not known which process that is.
[[nodiscard]] std::vector<MemoryUse> measure_memory(const std::string& when, double goal);

/// The same with so many leases of a line each, on a chip of as many lines.
[[nodiscard]] std::vector<MemoryUse> measure_leases(const BrokerClient& client, int leases);

}  // namespace gpiobroker::bench
