// SPDX-License-Identifier: GPL-2.0-or-later
// What users without rights ask for does not fill the broker's memory.
#include <fstream>
#include <memory>
#include <vector>

#include "cases/edge_reader.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;
using testing::Lt;

const Settings kPressed{{"direction", v("s", "input")}, {"edge", v("s", "both")}};
constexpr std::size_t kMiB = std::size_t{1024} * 1024;

/// Under the rules that hold without configuration, quotas included.
class AGreedyUser : public BrokerTest {
 protected:
  AGreedyUser() : BrokerTest({}, "{}") {}

  /// The most that the broker ever had in memory, in bytes.
  [[nodiscard]] std::size_t peak() {
    std::ifstream status("/proc/" + std::to_string(daemon_.process().pid()) + "/status");
    for (std::string word; status >> word;) {
      std::size_t kilobytes = 0;
      if (word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
    }
    return 0;
  }

  ClientProcess greedy_ = client(kNobody);
};

TEST_F(AGreedyUser, HasNoMoreEdgesKeptThanItsQuota) {
  ClientProcess holder = client(kRoot);
  EXPECT_THAT(holder.acquire({"GPIO17"}, kPressed), Succeeded());
  const Settings large{{"access", v("s", "observe")},
                       {"edge", v("s", "both")},
                       {"event-buffer-size", v("u", 65536)}};
  EXPECT_THAT(greedy_.acquire({"GPIO17"}, large), Succeeded());
  EXPECT_THAT(greedy_.acquire({"GPIO17"}, large), Succeeded());
  EXPECT_THAT(client(kNobody).acquire({"GPIO17"}, large),
              RefusedFor("QuotaExceeded", HasSubstr("user 65534 have room for 131072 edges")));
  Settings none = large;
  none["edge"] = v("s", "none");
  const std::string lease = lease_in(greedy_.acquire({"GPIO17"}, none));
  EXPECT_THAT(greedy_.reconfigure(lease, {}, {{"edge", v("s", "both")}}),
              RefusedFor("QuotaExceeded", HasSubstr("release some first")));
  EXPECT_THAT(client(kSomebodyElse).acquire({"GPIO17"}, large), Succeeded());
}

/// A quarter of what two users may have kept; the unit's MemoryMax= is twice the bound.
TEST_F(AGreedyUser, HasEdgesKeptInLessMemoryThanTheServiceMayHave) {
  ClientProcess holder = client(kRoot);
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, kPressed));
  ClientProcess other = client(kSomebodyElse);
  const Settings large{{"access", v("s", "observe")},
                       {"edge", v("s", "both")},
                       {"event-buffer-size", v("u", 16384)}};
  for (int i = 0; i < 8; ++i) {
    EXPECT_THAT(greedy_.acquire({"GPIO17"}, large), Succeeded());
    EXPECT_THAT(other.acquire({"GPIO17"}, large), Succeeded());
  }
  bool high = false;
  for (int i = 0; i < 4096; ++i) board_->drive(observer_, kGpio17, high = !high);
  EXPECT_THAT(peak(), Lt(64 * kMiB));
  EXPECT_THAT(holder.get_values(lease), Succeeded());
}

}  // namespace
}  // namespace gpiobroker::test
