// SPDX-License-Identifier: GPL-2.0-or-later
// The broker from a shell that has busctl or gdbus and nothing else, as the README shows it.
#include "harness/broker_test.h"
#include "harness/command.h"

namespace gpiobroker::test {
namespace {

class AShell : public BrokerTest {
 protected:
  /// Runs a script that finds the bus in $bus and the manager's object in $manager; it has a line
  /// for as long as it lives, and says what it sees of it.
  [[nodiscard]] std::string output_of(const std::string& script) {
    const CommandEnd shell = run_script("bus=" + bus_.address() + "\nmanager=\"" + kBroker + ' ' +
                                            kManagerPath + ' ' + kManager + "\"\n" + script,
                                        client_user());
    EXPECT_EQ(shell.end, exited(0)) << shell.output;
    return shell.output;
  }

  /// After the shell.
  void expect_safe() {
    EXPECT_TRUE(eventually([this] { return is_safe(kGpio17) && lease_paths().empty(); }));
  }

  static constexpr const char* kBroker = "org.gpiobroker1";
};

TEST_F(AShell, LeasesALineForAsLongAsItLivesByBusctl) {
  EXPECT_EQ(output_of(R"(
busctl() { command busctl --address=$bus "$@"; }
busctl call $manager AcquireLines asa{sv} 1 GPIO17 3 direction s output value i 1 process u $$
lease=$(busctl call $manager GetLease s GPIO17 | cut -d'"' -f2)
busctl call org.gpiobroker1 $lease org.gpiobroker1.Lease GetValues as 0
busctl call org.gpiobroker1 $lease org.gpiobroker1.Lease SetValues a{si} 1 GPIO17 0
busctl call org.gpiobroker1 $lease org.gpiobroker1.Lease GetValues as 0
)"),
            "o \"/org/gpiobroker1/leases/1\"\n"
            "a{si} 1 \"GPIO17\" 1\n"
            "a{si} 1 \"GPIO17\" 0\n");
  expect_safe();
}

TEST_F(AShell, LeasesALineForAsLongAsItLivesByGdbus) {
  EXPECT_EQ(output_of(R"(
gdbus call --address $bus --dest org.gpiobroker1 --object-path /org/gpiobroker1 \
  --method org.gpiobroker1.Manager.AcquireLines \
  "['GPIO17']" "{'direction': <'output'>, 'value': <1>, 'process': <uint32 $$>}"
lease=$(gdbus call --address $bus --dest org.gpiobroker1 --object-path /org/gpiobroker1 \
  --method org.gpiobroker1.Manager.GetLease GPIO17 | cut -d"'" -f2)
gdbus call --address $bus --dest org.gpiobroker1 --object-path $lease \
  --method org.gpiobroker1.Lease.SetValues "{'GPIO17': 0}"
gdbus call --address $bus --dest org.gpiobroker1 --object-path $lease \
  --method org.gpiobroker1.Lease.GetValues "@as []"
)"),
            "(objectpath '/org/gpiobroker1/leases/1',)\n"
            "()\n"
            "({'GPIO17': 0},)\n");
  expect_safe();
}

TEST_F(AShell, WaitsForAnEdgeOfASharedButton) {
  board_->drive(observer_, kGpio17, false);
  EXPECT_EQ(output_of(R"(
busctl() { command busctl --address=$bus "$@"; }
busctl call $manager AcquireLines asa{sv} 1 GPIO17 4 direction s input edge s both access s shared process u $$
lease=$(busctl call $manager GetLease s GPIO17 | cut -d'"' -f2)
busctl --timeout=60 call org.gpiobroker1 $lease org.gpiobroker1.Lease WaitForEdges u 10
)"),
            "o \"/org/gpiobroker1/leases/1\"\n"
            "a(sststt) 0\n");
  expect_safe();
}

}  // namespace
}  // namespace gpiobroker::test
