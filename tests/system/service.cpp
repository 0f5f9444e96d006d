// SPDX-License-Identifier: GPL-2.0-or-later
// systemctl, busctl and journalctl.
#include "system/service.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "harness/eventually.h"

namespace gpiobroker::test {
namespace {

constexpr const char* kDropIns = "/run/systemd/system/gpiobroker.service.d";

void run(const std::string& command) {
  (void)output_of(command);
}

}  // namespace

void configure(const std::string& json) {
  std::filesystem::create_directories(kConfigurationFolder);
  std::ofstream(std::string(kConfigurationFolder) + "/config.json") << json;
}

std::string output_of(const std::string& command) {
  std::FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) {
    output += static_cast<char>(byte);
  }
  if (pclose(pipe) != 0) throw std::runtime_error(command + ": " + output);
  return output;
}

void Service::start() const {
  run("systemctl reset-failed gpiobroker 2>/dev/null; systemctl start gpiobroker");
  if (!eventually([this] { return has_its_name(); })) throw std::runtime_error(journal());
}

void Service::stop() const {
  run("systemctl stop gpiobroker");
}

void Service::restart() const {
  run("systemctl restart gpiobroker");
}

void Service::reload() const {
  run("systemctl reload gpiobroker");
}

std::string Service::property(const std::string& name) const {
  std::string value = output_of("systemctl show --value --property=" + name + " gpiobroker");
  if (value.ends_with('\n')) value.pop_back();
  return value;
}

pid_t Service::main_pid() const {
  return std::stoi(property("MainPID"));
}

void Service::kill(int signal) const {
  if (::kill(main_pid(), signal) != 0) throw std::runtime_error("the service does not run");
}

/// Asked of the bus: a call to the broker would start it.
bool Service::has_its_name() const {
  const std::string answer = output_of(
      "busctl call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus NameHasOwner "
      "s org.gpiobroker1 || true");
  return answer == "b true\n";
}

void Service::change(const std::string& section) const {
  std::filesystem::create_directories(kDropIns);
  std::ofstream(std::string(kDropIns) + "/test.conf") << "[Service]\n" << section << '\n';
  run("systemctl daemon-reload");
}

void Service::forget_changes() const {
  std::filesystem::remove_all(kDropIns);
  run("systemctl daemon-reload");
}

std::string Service::journal() const {
  return output_of("journalctl --no-pager --output=cat --unit=gpiobroker.service");
}

}  // namespace gpiobroker::test
