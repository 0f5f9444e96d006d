// SPDX-License-Identifier: GPL-2.0-or-later
// Configuration and start of the dbus-daemon.
#include "harness/test_bus.h"

#include <cstdlib>
#include <fstream>
#include <string_view>

#include "harness/line_stream.h"
#include "harness/shipped_descriptions.h"

namespace gpiobroker::test {
namespace {

// No limit is named, so those of the system bus apply, whose configuration names none either.
constexpr const char* kConfiguration = R"(<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path=SOCKET</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    DEFAULT
  </policy>
  POLICIES
  <policy context="mandatory">
    RULES
  </policy>
</busconfig>
)";

constexpr const char* kOpen = R"(<allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>)";

/// As in dbus-daemon's system.conf.
constexpr const char* kAsOnTheSystemBus = R"(<deny own="*"/>
    <deny send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
    <allow send_destination="org.freedesktop.DBus"
           send_interface="org.freedesktop.DBus.Introspectable"/>
    <allow send_destination="org.freedesktop.DBus"
           send_interface="org.freedesktop.DBus.Properties"/>
    <deny send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"
          send_member="UpdateActivationEnvironment"/>)";

/// What the package adds to the system bus's configuration, and a look at the bus's counts for
/// root.
std::string shipped_policies() {
  const std::string_view text = shipped_bus_configuration();
  const auto begin = text.find("<policy");
  return std::string(text.substr(begin, text.rfind("</busconfig>") - begin)) + R"(
  <policy user="root">
    <allow send_destination="org.freedesktop.DBus"
           send_interface="org.freedesktop.DBus.Debug.Stats"/>
  </policy>)";
}

bool is_to_be_open() {
  const char* given = std::getenv("GPIOBROKER_TEST_BUS_RULES");
  return given != nullptr && std::string_view(given) == "open";
}

void replace(std::string& text, std::string_view placeholder, const std::string& by) {
  text.replace(text.find(placeholder), placeholder.size(), by);
}

void write_configuration(const std::string& file, const std::string& socket,
                         const std::string& rules) {
  std::string text = kConfiguration;
  replace(text, "SOCKET", socket);
  const bool open = is_to_be_open();
  replace(text, "DEFAULT", open ? kOpen : kAsOnTheSystemBus);
  replace(text, "POLICIES", open ? "" : shipped_policies());
  replace(text, "RULES", rules);
  std::ofstream(file) << text;
}

}  // namespace

TestBus::TestBus(const std::string& rules) {
  if (const char* given = std::getenv("GPIOBROKER_TEST_BUS")) {
    address_ = given;
    return;
  }
  const std::string configuration = folder_.file("bus.conf");
  write_configuration(configuration, folder_.file("bus"), rules);
  Pipe pipe;
  const FileDescriptor log(
      checked(open(folder_.file("log").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600), "log"));
  daemon_.emplace(Program{
      .command = {"dbus-daemon", "--nofork", "--print-address=1", "--config-file=" + configuration},
      .environment = {},
      .user = {},
      .streams = {.in = -1, .out = pipe.writer.get(), .err = log.get()}});
  pipe.writer.close();
  address_ = LineReader(std::move(pipe.reader)).next().value_or("");
  if (address_.empty()) throw std::runtime_error("dbus-daemon does not start");
}

void TestBus::kill() {
  daemon_->signal(SIGKILL);
  daemon_->wait();
}

}  // namespace gpiobroker::test
