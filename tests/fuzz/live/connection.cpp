// SPDX-License-Identifier: GPL-2.0-or-later
// A socket, and the D-Bus specification's "Authentication Protocol".
#include "fuzz/live/connection.h"

#include <array>
#include <cstring>
#include <stdexcept>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace gpiobroker::fuzz {
namespace {

using test::checked;

constexpr std::size_t kMostDescriptors = 4;

test::FileDescriptor connect_to(const std::string& address) {
  const std::string prefix = "unix:path=";
  const std::string path = address.substr(prefix.size(), address.find(',') - prefix.size());
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  path.copy(name.sun_path, sizeof(name.sun_path) - 1);
  test::FileDescriptor fd(checked(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  checked(connect(fd.get(), reinterpret_cast<const sockaddr*>(&name), sizeof(name)), "connect");
  return fd;
}

/// The user's number, each digit of it in hexadecimal.
std::string own_identity() {
  std::string hex;
  for (const char digit : std::to_string(geteuid())) hex += std::string("3") + digit;
  return hex;
}

}  // namespace

Connection::Connection(const std::string& address) : socket_(connect_to(address)) {
  authenticate();
}

void Connection::authenticate() {
  send(std::string(1, '\0') + "AUTH EXTERNAL " + own_identity() + "\r\nNEGOTIATE_UNIX_FD\r\n");
  while (arrived_.find("AGREE_UNIX_FD") == std::string::npos) read_some();
  arrived_.clear();
  send("BEGIN\r\n");
}

void Connection::send(const std::string& bytes, std::span<const int> descriptors) {
  std::string_view rest = bytes;
  while (!rest.empty()) {
    pollfd socket{.fd = socket_.get(), .events = POLLIN | POLLOUT, .revents = 0};
    checked(poll(&socket, 1, -1), "poll");
    if ((socket.revents & POLLIN) != 0) read_some();
    if ((socket.revents & (POLLERR | POLLHUP)) != 0) throw std::runtime_error("the bus hung up");
    if ((socket.revents & POLLOUT) != 0) write_some(rest, descriptors);
  }
}

/// Descriptors go with the first byte.
void Connection::write_some(std::string_view& bytes, std::span<const int>& descriptors) {
  iovec data{.iov_base = const_cast<char*>(bytes.data()), .iov_len = bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostDescriptors * sizeof(int))> buffer{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  if (!descriptors.empty()) {
    message.msg_control = buffer.data();
    message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    cmsghdr* control = CMSG_FIRSTHDR(&message);
    control->cmsg_level = SOL_SOCKET;
    control->cmsg_type = SCM_RIGHTS;
    control->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(control), descriptors.data(), descriptors.size_bytes());
  }
  const ssize_t sent = sendmsg(socket_.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent < 0 && errno == EAGAIN) return;
  bytes.remove_prefix(static_cast<std::size_t>(checked(sent, "send")));
  descriptors = {};
}

void Connection::read_some() {
  std::array<char, 65'536> buffer{};
  const ssize_t size = checked(recv(socket_.get(), buffer.data(), buffer.size(), 0), "receive");
  if (size == 0) throw std::runtime_error("the bus hung up");
  arrived_.append(buffer.data(), static_cast<std::size_t>(size));
}

std::optional<Received> Connection::receive(std::chrono::milliseconds patience) {
  while (true) {
    if (auto message = take_message(arrived_)) return message;
    pollfd socket{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    if (checked(poll(&socket, 1, static_cast<int>(patience.count())), "poll") == 0) {
      return std::nullopt;
    }
    read_some();
  }
}

}  // namespace gpiobroker::fuzz
