// SPDX-License-Identifier: GPL-2.0-or-later
// A program of somebody else's: it asks for a broker where there is none, and is told so.
#include <gpiobroker/broker.h>

int main() {
  try {
    gpiobroker::Broker("unix:path=/nowhere");
  } catch (const gpiobroker::Error& error) {
    return error.reason() == gpiobroker::kDisconnected ? 0 : 1;
  }
}
