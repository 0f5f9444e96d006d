// SPDX-License-Identifier: LGPL-2.1-or-later
// The verbs of the command; each adds itself to the command line, in a source file of its name.
#pragma once

#include "cli/verb.h"

namespace gpiobroker::cli {

/// acquire: leases lines for longer than the command runs.
void add_acquire(Verb& root);
/// config check FILE_OR_FOLDER...: whether a configuration is right, without a broker.
void add_config(Verb& root);
/// get LINE...: levels, without a lease.
void add_get(Verb& root);
/// hold LINE[=VALUE]... -- COMMAND: runs a command with lines held for it.
void add_hold(Verb& root);
/// info LINE...: everything about lines.
void add_info(Verb& root);
/// leases: who holds which lines.
void add_leases(Verb& root);
/// list [CHIP]: every line, what it is and who has it.
void add_list(Verb& root);
/// monitor LINE...: edges as they come.
void add_monitor(Verb& root);
/// policy explain USER LINE VERB: who may do what, and why.
void add_policy(Verb& root);
/// release LINE...: gives lines back.
void add_release(Verb& root);
/// revoke LINE: ends somebody's lease.
void add_revoke(Verb& root);
/// set LINE=VALUE...: drives lines until it is told to stop.
void add_set(Verb& root);
/// status: how the broker is doing.
void add_status(Verb& root);

}  // namespace gpiobroker::cli
