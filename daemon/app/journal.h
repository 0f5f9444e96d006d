// SPDX-License-Identifier: GPL-2.0-or-later
// Chooses where the log goes.
#pragma once

namespace gpiobroker::app {

/// Logs to the systemd journal when started by systemd, else to standard error.
void set_up_log(bool verbose);

/// For a program that may have ended before the journal asks the kernel which unit it was of, as it
/// does for each entry of its own protocol: what comes by standard error it knows from the start.
void set_up_short_log();

}  // namespace gpiobroker::app
