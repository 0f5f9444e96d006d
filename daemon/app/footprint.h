// SPDX-License-Identifier: GPL-2.0-or-later
// How much memory the daemon keeps for itself.
#pragma once

namespace gpiobroker::app {

/// Has what is freed go back to the system, and all threads share one heap. To be called before any
/// of it is used.
void be_sparing_with_memory();

/// Gives back what the start has used and nobody needs any more: of the heap, such as all that was
/// made of the files of the configuration on the way to a policy, and of the program and its
/// libraries, most of which run once. What is wanted again is mapped again, from the page cache.
void give_back_memory();

}  // namespace gpiobroker::app
