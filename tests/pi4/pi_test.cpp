// SPDX-License-Identifier: GPL-2.0-or-later
// Shell commands over the serial line, and looks at the registers.
#include "pi4/pi_test.h"

#include <chrono>
#include <iostream>

#include "harness/eventually.h"

namespace gpiobroker::test {
namespace {

constexpr const char* kDropIns = "/run/systemd/system/gpiobroker.service.d";

}  // namespace

PiTest::PiTest() {
  pi_.run("systemctl start gpiobroker");
}

/// A broker that starts again resets what a test has left behind.
void PiTest::TearDown() {
  for (const std::string& pid : started_) pi_.try_to_run("kill -KILL " + pid + "; wait " + pid);
  pi_.run("rm -rf /tmp/log " + std::string(kDropIns));
  pi_.run("systemctl daemon-reload; systemctl restart gpiobroker");
}

std::string PiTest::start(const std::string& command) {
  started_.push_back(pi_.run(command + " </dev/null >>/tmp/log 2>&1 & echo $!"));
  return started_.back();
}

std::string PiTest::start_client() {
  const std::string pid = start("gpiobroker hold GPIO17=1 GPIO18 --bias pull-up -- sleep infinity");
  // The pins alone do not tell: another program may have left them just so.
  const std::string ask = "gpiobroker leases | grep -q GPIO17";
  EXPECT_TRUE(eventually([&] { return pi_.try_to_run(ask).status == 0; }, kPatience));
  EXPECT_TRUE(become("output at 1, pull up", "input, pull up")) << pi_.run("cat /tmp/log");
  return pid;
}

void PiTest::kill(const std::string& pid) {
  pi_.run("kill -KILL " + pid);
}

std::string PiTest::broker_pid() {
  return pi_.run("systemctl show --value --property=MainPID gpiobroker");
}

void PiTest::change_unit(const std::vector<std::string>& settings) {
  const std::string folder = kDropIns;
  std::string section = "[Service]";
  for (const std::string& each : settings) section += "\\n" + each;
  pi_.run("mkdir -p " + folder + " && printf '" + section + "\\n' >" + folder +
          "/test.conf && systemctl daemon-reload");
}

bool PiTest::become(const std::string& driven_pin, const std::string& read_pin) {
  return eventually([&] { return driven() == driven_pin && read() == read_pin; }, kPatience);
}

bool PiTest::become_used(unsigned offset) {
  const std::string ask = "gpioinfo -c gpiochip0 " + std::to_string(offset) + " | grep -q consumer";
  return eventually([&] { return pi_.try_to_run(ask).status == 0; }, kPatience);
}

/// Measured from here: the way over the serial line and through the monitor is in it.
void PiTest::expect_safe_pins_after_killing(const std::string& what, const std::string& pid) {
  using std::chrono::milliseconds;
  const auto begin = std::chrono::steady_clock::now();
  kill(pid);
  ASSERT_TRUE(become_safe()) << driven() << "; " << read();
  const auto time = std::chrono::steady_clock::now() - begin;
  const auto count = std::chrono::duration_cast<milliseconds>(time).count();
  RecordProperty("milliseconds_until_safe", static_cast<int>(count));
  std::cout << "Measured: both pins safe " << count << " ms after SIGKILL of " << what
            << ", persist_gpio_outputs=" << pi_.persists_outputs() << std::endl;
}

}  // namespace gpiobroker::test
