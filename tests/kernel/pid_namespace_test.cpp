// SPDX-License-Identifier: GPL-2.0-or-later
// Clients in a PID namespace of their own, as in a container: their numbers are others' on the
// machine.
#include "harness/broker_test.h"
#include "harness/command.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

class AContainer : public BrokerTest {
 protected:
  /// A shell, number 1 in a namespace that ends with it.
  [[nodiscard]] Program shell(const std::string& script) const {
    return {.command = {"unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c",
                        script},
            .environment = {"GPIOBROKER_ADDRESS=" + bus_.address(),
                            "ACQUIRE=" + program_beside("gpiobroker") + " acquire GPIO17=1"},
            .user = {},
            .streams = output_.streams()};
  }

  bool becomes_driven() {
    return eventually([this] { return pin(kGpio17).driven; });
  }
  bool becomes_safe() {
    return eventually([this] { return is_safe(kGpio17) && lease_paths().empty(); });
  }

  Output output_;
};

TEST_F(AContainer, KeepsALeaseAsLongAsTheProcessThatItMeans) {
  std::optional<Process> container(shell("$ACQUIRE --for-process 1; exec sleep infinity"));
  EXPECT_TRUE(becomes_driven()) << output_.text();
  container.reset();
  EXPECT_TRUE(becomes_safe()) << "and not as long as the machine's own number 1 lives";
}

TEST_F(AContainer, KeepsALeaseAsLongAsTheShellThatAskedForIt) {
  std::optional<Process> container(
      shell("echo '$ACQUIRE --for-shell; sleep infinity' | sh; exec sleep infinity"));
  EXPECT_TRUE(becomes_driven()) << output_.text();
  container.reset();
  EXPECT_TRUE(becomes_safe());
}

TEST_F(AContainer, IsToldThatTheNumberOfAProcessBesideMayBeAnyones) {
  Process container(shell("sleep infinity & $ACQUIRE --for-process $!"));
  EXPECT_NE(container.wait(), exited(0));
  EXPECT_THAT(output_.text(), HasSubstr("the caller is in a PID namespace of its own"));
  EXPECT_THAT(output_.text(), HasSubstr("fd, one end of a pipe"));
  EXPECT_TRUE(is_safe(kGpio17));
}

}  // namespace
}  // namespace gpiobroker::test
