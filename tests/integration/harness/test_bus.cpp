// SPDX-License-Identifier: GPL-2.0-or-later
// Configuration and start of the dbus-daemon.
#include "harness/test_bus.h"

#include <fstream>
#include <string_view>

#include "harness/line_stream.h"

namespace gpiobroker::test {
namespace {

// The limits are for a thousand clients that come and go.
constexpr const char* kConfiguration = R"(<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path=SOCKET</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    RULES
  </policy>
  <limit name="max_connections_per_user">10000</limit>
  <limit name="max_completed_connections">10000</limit>
  <limit name="max_incomplete_connections">10000</limit>
  <limit name="max_match_rules_per_connection">10000</limit>
  <limit name="max_replies_per_connection">10000</limit>
</busconfig>
)";

void replace(std::string& text, std::string_view placeholder, const std::string& by) {
  text.replace(text.find(placeholder), placeholder.size(), by);
}

void write_configuration(const std::string& file, const std::string& socket,
                         const std::string& rules) {
  std::string text = kConfiguration;
  replace(text, "SOCKET", socket);
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
