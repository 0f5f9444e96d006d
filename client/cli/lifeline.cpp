// SPDX-License-Identifier: LGPL-2.1-or-later
// Makes the pipe by pipe(2); poll(2) tells when its last writer is gone.
#include "cli/lifeline.h"

#include <poll.h>

namespace gpiobroker::cli {

/// Chooses a high number for the descriptor: scripts number their own files from 3 on and shells
/// theirs from 10 on, and would replace this one. If the limit of open files is too low for that, a
/// low number has to do.
Lifeline::Lifeline() {
  constexpr int kOutOfTheWay = 100;
  const int high = fcntl(pipe_.writer.get(), F_DUPFD_CLOEXEC, kOutOfTheWay);
  if (high != -1) pipe_.writer = FileDescriptor(high);
}

bool Lifeline::outlives_us(std::chrono::milliseconds patience) {
  pipe_.writer.close();
  pollfd end{.fd = pipe_.reader.get(), .events = 0, .revents = 0};
  return poll(&end, 1, static_cast<int>(patience.count())) == 0;
}

}  // namespace gpiobroker::cli
