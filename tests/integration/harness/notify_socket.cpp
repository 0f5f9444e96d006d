// SPDX-License-Identifier: GPL-2.0-or-later
// A datagram socket, read as far as there is something to read.
#include "harness/notify_socket.h"

#include <algorithm>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace gpiobroker::test {

NotifySocket::NotifySocket(const std::string& path)
    : socket_(checked(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), "socket")) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  std::ranges::copy(path.substr(0, sizeof address.sun_path - 1), address.sun_path);
  checked(bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), "bind");
  checked(chmod(path.c_str(), 0777), "chmod");
}

bool NotifySocket::has_heard(const std::string& word) {
  constexpr std::size_t kLongestMessage = 4096;
  std::string message(kLongestMessage, '\0');
  while (true) {
    const ssize_t size = recv(socket_.get(), message.data(), message.size(), 0);
    if (size < 0) return heard_.find("\n" + word + "\n") != std::string::npos;
    heard_ += message.substr(0, static_cast<std::size_t>(size)) + "\n";
  }
}

}  // namespace gpiobroker::test
