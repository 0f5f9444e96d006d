// SPDX-License-Identifier: GPL-2.0-or-later
// Written from the daemon's own interface file, io.gpiod1.xml.
#include "gpio_manager.h"

#include <csignal>
#include <stdexcept>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

#include "bare_line.h"
#include "command.h"

namespace gpiobroker::bench {
namespace {

constexpr const char* kManagerService = "io.gpiod1";
constexpr const char* kManagerRoot = "/io/gpiod1";

Target request_at(const std::string& path) {
  return {kManagerService, path, "io.gpiod1.Request"};
}

std::string path_in(const Message& reply) {
  const char* path = nullptr;
  read(reply, "o", &path);
  return path;
}

}  // namespace

/// It knows no bus but the system's, which a variable names.
GpioManager::GpioManager(const std::string& program, const std::string& address)
    : daemon_(start({program}, {"DBUS_SYSTEM_BUS_ADDRESS=" + address})) {
  const BusClient bus(address);
  while (!bus.has_owner(kManagerService)) {
    if (waitpid(daemon_, nullptr, WNOHANG) == daemon_)
      throw std::runtime_error(program + " has ended");
  }
}

GpioManager::~GpioManager() {
  kill(daemon_, SIGTERM);
  waitpid(daemon_, nullptr, 0);
}

GpioManagerClient::GpioManagerClient(const std::string& address, std::string chip, unsigned offset)
    : bus_(address), chip_(std::move(chip)), offset_(offset) {
  const std::string rule = "type='signal',interface='io.gpiod1.Line',member='EdgeEvent',path='" +
                           chip_path() + "/line" + std::to_string(offset) + "'";
  check(sd_bus_add_match(bus_.get(), nullptr, rule.c_str(), &on_edge, this), "cannot hear signals");
}

std::string GpioManagerClient::chip_path() const {
  return std::string(kManagerRoot) + "/chips/" + chip_;
}

void GpioManagerClient::ping() const {
  bus_.call({kManagerService, kManagerRoot, "org.freedesktop.DBus.Peer"}, "Ping", "");
}

std::string GpioManagerClient::request_output(int value) const {
  return path_in(bus_.call({kManagerService, chip_path(), "io.gpiod1.Chip"}, "RequestLines",
                           "(a(aua{sv})ai)a{sv}", 1, 1, offset_, 1, "direction", "s", "output", 1,
                           value, 0));
}

std::string GpioManagerClient::request_edges() const {
  return path_in(bus_.call({kManagerService, chip_path(), "io.gpiod1.Chip"}, "RequestLines",
                           "(a(aua{sv})ai)a{sv}", 1, 1, offset_, 2, "direction", "s", "input",
                           "edge", "s", "both", 0, 0));
}

void GpioManagerClient::release(const std::string& request) const {
  bus_.call(request_at(request), "Release", "");
}

void GpioManagerClient::set(const std::string& request, int value) const {
  bus_.call(request_at(request), "SetValues", "a{ui}", 1, offset_, value);
}

int GpioManagerClient::get(const std::string& request) const {
  int value = -1;
  read(bus_.call(request_at(request), "GetValues", "au", 1, offset_), "ai", 1, &value);
  return value;
}

int GpioManagerClient::on_edge(sd_bus_message* message, void* self, sd_bus_error* /*error*/) {
  const Microseconds now = since(0);
  int edge = 0;
  std::uint64_t time = 0;
  std::uint64_t number = 0;
  std::uint64_t line_number = 0;
  check(sd_bus_message_read(message, "(ittt)", &edge, &time, &number, &line_number),
        "unexpected edge");
  auto& client = *static_cast<GpioManagerClient*>(self);
  client.late_ = now - Microseconds(std::chrono::nanoseconds(time));
  return 0;
}

Microseconds GpioManagerClient::wait_edge() {
  bus_.process_until([this] { return late_.has_value(); });
  return *std::exchange(late_, std::nullopt);
}

}  // namespace gpiobroker::bench
