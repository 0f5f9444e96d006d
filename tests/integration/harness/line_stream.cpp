// SPDX-License-Identifier: GPL-2.0-or-later
// Reading with a deadline.
#include "harness/line_stream.h"

#include <stdexcept>

#include <poll.h>

namespace gpiobroker::test {

std::optional<std::string> LineReader::next() {
  while (true) {
    if (const auto end = unread_.find('\n'); end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return line;
    }
    if (!read_more()) return std::nullopt;
  }
}

bool LineReader::read_more() {
  constexpr std::size_t kChunk = 65536;
  pollfd ready{.fd = from_.get(), .events = POLLIN, .revents = 0};
  if (checked(poll(&ready, 1, static_cast<int>(patience_.count())), "poll") == 0) {
    throw std::runtime_error("another process does not answer");
  }
  std::string chunk(kChunk, '\0');
  const auto size = checked(read(from_.get(), chunk.data(), chunk.size()), "read");
  unread_.append(chunk, 0, static_cast<std::size_t>(size));
  return size != 0;
}

}  // namespace gpiobroker::test
