// SPDX-License-Identifier: GPL-2.0-or-later
// Speaks the kernel's own interface: linux/gpio.h.
#include "client/direct.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>

#include <fcntl.h>
#include <linux/gpio.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace gpiobroker::test_client {
namespace {

int or_errno(int result) {
  return result < 0 ? errno : 0;
}

Json lines_and_descriptor(sd_bus_message* reply, std::vector<std::string>& lines, int& fd) {
  checked(sd_bus_message_enter_container(reply, 'a', "s"), "enter the names");
  const char* name = nullptr;
  while (checked(sd_bus_message_read(reply, "s", &name), "read a name") > 0)
    lines.emplace_back(name);
  checked(sd_bus_message_exit_container(reply), "leave the names");
  int lent = -1;
  checked(sd_bus_message_read(reply, "h", &lent), "read a descriptor");
  fd = fcntl(lent, F_DUPFD_CLOEXEC, 3);
  return lines;
}

}  // namespace

void have_the_kernel_kill_us_in(unsigned microseconds) {
  constexpr unsigned kPerSecond = 1'000'000;
  sigevent kill{};
  kill.sigev_notify = SIGEV_SIGNAL;
  kill.sigev_signo = SIGKILL;
  timer_t timer{};
  itimerspec time{};
  time.it_value.tv_sec = microseconds / kPerSecond;
  time.it_value.tv_nsec = 1 + 1000L * (microseconds % kPerSecond);
  if (timer_create(CLOCK_MONOTONIC, &kill, &timer) != 0 ||
      timer_settime(timer, 0, &time, nullptr) != 0) {
    throw std::system_error(errno, std::generic_category(), "timer");
  }
}

Json Direct::open(Connection& connection, const std::string& lease) {
  const Json call = {{"destination", "org.gpiobroker1"},
                     {"path", lease},
                     {"interface", "org.gpiobroker1.Lease"},
                     {"member", "OpenDirect"},
                     {"signature", "a{sv}"},
                     {"arguments", Json::array({Json::object()})}};
  Json failure;
  const Message reply = connection.reply_to(connection.new_call(call).get(), failure);
  if (!reply) return failure;
  Json names = Json::array();
  checked(sd_bus_message_enter_container(reply.get(), 'a', "(ash)"), "enter the requests");
  while (checked(sd_bus_message_enter_container(reply.get(), 'r', "ash"), "enter a request") > 0) {
    Request request;
    names.push_back(lines_and_descriptor(reply.get(), request.lines, request.fd));
    requests_.push_back(request);
    checked(sd_bus_message_exit_container(reply.get()), "leave a request");
  }
  return {{"ok", Json::array({names})}};
}

void Direct::close() {
  for (const Request& request : requests_) ::close(request.fd);
  requests_.clear();
}

Direct::Place Direct::place_of(const std::string& line) const {
  for (const Request& request : requests_) {
    const auto at = std::ranges::find(request.lines, line);
    if (at == request.lines.end()) continue;
    return {request.fd, std::uint64_t{1} << static_cast<unsigned>(at - request.lines.begin())};
  }
  throw std::runtime_error("no descriptor for " + line);
}

int Direct::set(const std::string& line, int value) const {
  const auto [fd, bit] = place_of(line);
  gpio_v2_line_values values{.bits = value != 0 ? bit : 0, .mask = bit};
  return or_errno(ioctl(fd, GPIO_V2_LINE_SET_VALUES_IOCTL, &values));
}

int Direct::get(const std::string& line) const {
  const auto [fd, bit] = place_of(line);
  gpio_v2_line_values values{.bits = 0, .mask = bit};
  if (ioctl(fd, GPIO_V2_LINE_GET_VALUES_IOCTL, &values) != 0) return -errno;
  return (values.bits & bit) != 0 ? 1 : 0;
}

/// Flags of none leave the other lines alone (Linux, gpiolib-cdev.c, linereq_set_config).
int Direct::configure(const std::string& line, std::uint64_t flags, int value) const {
  const auto [fd, bit] = place_of(line);
  gpio_v2_line_config config{};
  config.num_attrs = 2;
  config.attrs[0].attr.id = GPIO_V2_LINE_ATTR_ID_FLAGS;
  config.attrs[0].attr.flags = flags;
  config.attrs[0].mask = bit;
  config.attrs[1].attr.id = GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES;
  config.attrs[1].attr.values = value != 0 ? bit : 0;
  config.attrs[1].mask = bit;
  return or_errno(ioctl(fd, GPIO_V2_LINE_SET_CONFIG_IOCTL, &config));
}

int Direct::drive(const std::string& line, int value) const {
  return configure(line, GPIO_V2_LINE_FLAG_OUTPUT, value);
}

int Direct::make_input(const std::string& line, std::uint64_t more_flags) const {
  return configure(line, GPIO_V2_LINE_FLAG_INPUT | more_flags, 0);
}

int Direct::read_edge(const std::string& line) const {
  gpio_v2_line_event event{};
  if (read(place_of(line).fd, &event, sizeof event) < 0) return -errno;
  return static_cast<int>(event.id);
}

void Direct::toggle_until_killed(const std::string& line, unsigned microseconds,
                                 bool configures) const {
  have_the_kernel_kill_us_in(microseconds);
  for (int level = 1;; level = 1 - level) {
    if (configures && level == 0) {
      (void)make_input(line);
    } else if (configures) {
      (void)drive(line, 1);
    } else {
      (void)set(line, level);
    }
  }
}

pid_t Direct::leave_a_child(const std::string& line, bool drives) const {
  int ready[2];
  checked(pipe2(ready, O_CLOEXEC), "pipe2");
  const pid_t child = fork();
  if (child != 0) {
    char byte = 0;
    checked(static_cast<int>(read(ready[0], &byte, 1)), "hear of the child");
    ::close(ready[0]);
    ::close(ready[1]);
    return child;
  }
  constexpr int kMostDescriptors = 1024;
  for (int fd = 0; fd < kMostDescriptors; ++fd) {
    const bool is_ours = std::ranges::find(requests_, fd, &Request::fd) != requests_.end();
    if (!is_ours && fd != ready[1]) ::close(fd);
  }
  if (drives) (void)drive(line, 1);
  if (write(ready[1], "", 1) != 1) _exit(EXIT_FAILURE);
  ::close(ready[1]);
  while (drives) {
    (void)drive(line, 1);
    usleep(1000);
  }
  while (true) pause();
}

}  // namespace gpiobroker::test_client
