// SPDX-License-Identifier: GPL-2.0-or-later
// connect, write, and a LineReader.
#include "pi4/line_socket.h"

#include <stdexcept>

#include <sys/socket.h>
#include <sys/un.h>

#include "harness/eventually.h"

namespace gpiobroker::test {
namespace {

bool connect_to(const std::string& path, int socket) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  if (path.size() >= sizeof address.sun_path) throw std::length_error(path);
  path.copy(address.sun_path, path.size());
  return connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

FileDescriptor connected_to(const std::string& path) {
  FileDescriptor ours(checked(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  if (!eventually([&] { return connect_to(path, ours.get()); })) checked(-1, path.c_str());
  return ours;
}

FileDescriptor copy_of(const FileDescriptor& file) {
  return FileDescriptor(checked(fcntl(file.get(), F_DUPFD_CLOEXEC, 0), "fcntl"));
}

}  // namespace

LineSocket::LineSocket(const std::string& path) : LineSocket(connected_to(path)) {}

LineSocket::LineSocket(FileDescriptor socket)
    : socket_(std::move(socket)), reader_(copy_of(socket_), kPatience) {}

void LineSocket::send(const std::string& line) const {
  const std::string text = line + '\n';
  for (std::size_t sent = 0; sent < text.size();) {
    const auto rest = text.size() - sent;
    sent +=
        static_cast<std::size_t>(checked(write(socket_.get(), text.data() + sent, rest), "write"));
  }
}

std::string LineSocket::next() {
  auto line = reader_.next();
  if (!line) throw std::runtime_error("the other end has closed the connection");
  if (line->ends_with('\r')) line->pop_back();
  return *line;
}

}  // namespace gpiobroker::test
