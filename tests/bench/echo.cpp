// SPDX-License-Identifier: GPL-2.0-or-later
// A pair of sockets of whole messages, as the shortest protocol between two programs would use.
#include "echo.h"

#include <array>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gpiobroker::bench {
namespace {

using test::checked;

[[noreturn]] void send_back(int socket) {
  std::array<char, 64> message{};
  for (;;) {
    const auto got = recv(socket, message.data(), message.size(), 0);
    if (got <= 0) _exit(0);
    if (send(socket, message.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) < 0) _exit(1);
  }
}

}  // namespace

Echo::Echo() {
  std::array<int, 2> ends{};
  checked(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()),
          "cannot make a pair of sockets");
  socket_ = test::FileDescriptor(ends[0]);
  test::FileDescriptor other(ends[1]);
  child_ = checked(fork(), "cannot make a process");
  if (child_ != 0) return;
  socket_.close();
  send_back(other.get());
}

Echo::~Echo() {
  socket_.close();
  waitpid(child_, nullptr, 0);
}

void Echo::call() const {
  std::array<char, 16> message{};
  checked(send(socket_.get(), message.data(), message.size(), MSG_NOSIGNAL), "cannot send");
  checked(recv(socket_.get(), message.data(), message.size(), 0), "cannot receive");
}

}  // namespace gpiobroker::bench
