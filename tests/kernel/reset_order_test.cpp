// SPDX-License-Identifier: GPL-2.0-or-later
// The system calls by which the broker resets a line: reconfigure, ask, and only then close.
#include <fstream>
#include <iterator>
#include <regex>

#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

/// Where strace(1) writes.
class TraceFile {
 protected:
  /// With -D it is strace that is the child, so that the daemon keeps its process id.
  [[nodiscard]] std::vector<std::string> tracer() const {
    return {"strace", "-D", "-f", "-o", path_, "-e", "trace=ioctl,close"};
  }

  [[nodiscard]] std::string trace() const {
    std::ifstream file(path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  TemporaryFolder folder_;
  std::string path_ = folder_.file("trace");
};

class ATracedBroker : protected TraceFile, public BrokerTest {
 protected:
  ATracedBroker() : BrokerTest(tracer()) {}

  /// What was traced from the death of the client until the broker had dealt with it.
  std::string trace_of_goodbye(ClientProcess& client) {
    const std::size_t before = trace().size();
    client.kill();
    wait_for_goodbye(client);
    return trace().substr(before);
  }
};

TEST_F(ATracedBroker, ResetsThenVerifiesThenGivesBack) {
  ClientProcess client = this->client();
  ASSERT_THAT(client.acquire({"GPIO17"}, driven_high()), Succeeded());
  const std::string traced = trace_of_goodbye(client);
  const std::regex kReset(R"(ioctl\((\d+), GPIO_V2_LINE_SET_CONFIG_IOCTL, ([^\n]*)\) = 0)");
  std::smatch reset;
  ASSERT_TRUE(std::regex_search(traced, reset, kReset)) << traced;
  EXPECT_THAT(reset.str(2), HasSubstr("GPIO_V2_LINE_FLAG_INPUT"));
  EXPECT_THAT(reset.str(2), HasSubstr("GPIO_V2_LINE_FLAG_BIAS_DISABLED"));
  const std::string after = reset.suffix();
  const auto verified = after.find("GPIO_V2_GET_LINEINFO_IOCTL, {offset=17");
  const auto closed = after.find("close(" + reset.str(1) + ")");
  ASSERT_NE(verified, std::string::npos) << traced;
  ASSERT_NE(closed, std::string::npos) << traced;
  EXPECT_LT(verified, closed) << traced;
}

}  // namespace
}  // namespace gpiobroker::test
