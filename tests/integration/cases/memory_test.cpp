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

/// A part of what two users may have kept; the unit's MemoryMax= is four times the bound.
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
  for (int i = 0; i < 1024; ++i) board_->drive(observer_, kGpio17, high = !high);
  EXPECT_THAT(peak(), Lt(64 * kMiB));
  EXPECT_THAT(holder.get_values(lease), Succeeded());
}

TEST_F(AGreedyUser, IsRefusedACallThatIsTooLarge) {
  const Json none = Json::object();
  const Json many = Json::array_t(30'000, "");
  const Json each = Json::array_t(10'000, Json::array({"", none}));
  const std::string words(20'000, 'x');
  for (const Call& call : {
           on_manager("AcquireLines", "asa{sv}", Json::array({many, none})),
           on_manager("AcquireLinesEach", "a(sa{sv})a{sv}", Json::array({each, none})),
           on_manager("ReleaseLines", "asa{sv}", Json::array({many, none})),
           on_manager("ReadLines", "asa{sv}", Json::array({many, none})),
           on_manager("RevokeLease", "ss", Json::array({"GPIO17", words})),
           on_manager("FindLine", "s", Json::array({words})),
       }) {
    EXPECT_THAT(client(kNobody).call(call), RefusedFor("TooLarge")) << call.member;
    EXPECT_THAT(greedy_.call(call), RefusedFor("TooLarge", HasSubstr("bytes"))) << call.member;
  }
  EXPECT_THAT(greedy_.call(on_manager("ReadLines", "asa{sv}", Json::array({{"GPIO17"}, none}))),
              Succeeded());
}

TEST_F(AGreedyUser, IsNamedInTheLogForItsFirstCallToo) {
  const std::string words(20'000, 'x');
  EXPECT_THAT(greedy_.call(on_manager("FindLine", "s", Json::array({words}))),
              RefusedFor("TooLarge"));
  EXPECT_TRUE(eventually(
      [this] { return daemon_.log().find("refused FindLine to ") != std::string::npos; }));
  EXPECT_THAT(daemon_.log(), HasSubstr("(uid 65534, pid "));
}

/// Of 30 MiB, near to what the bus takes. The bus library keeps one of them at a time.
TEST_F(AGreedyUser, MayMakeCallsAsLargeAsTheBusTakes) {
  ClientProcess other = client(kSomebodyElse);
  for (ClientProcess* each : {&greedy_, &other}) {
    EXPECT_THAT(each->read_line_of_long_name(30 * kMiB), RefusedFor("TooLarge"));
  }
  EXPECT_THAT(peak(), Lt(64 * kMiB));
}

/// Its answers stay with the bus, which counts them as the broker's. Has no quota of calls.
class AClientThatDoesNotRead : public BrokerTest {
 protected:
  /// How many calls were not answered.
  unsigned long unread() {
    return properties(kManagerPath, kManager).at("CallsRefused").value("Unread", 0UL);
  }

  const Call kAll{.path = kManagerPath, .interface = kObjectManager, .member = "GetManagedObjects"};
  ClientProcess silent_ = client(kNobody);
};

TEST_F(AClientThatDoesNotRead, IsAnsweredNoMoreUntilItHasReadAndOthersAre) {
  EXPECT_TRUE(eventually([&] {
    for (int i = 0; i < 32; ++i) silent_.ask_and_not_listen(kAll);
    return unread() > 0;
  }));
  EXPECT_THAT(client(kNobody).call(kAll), Succeeded());
  EXPECT_THAT(client(kRoot).call(kAll), Succeeded());
  EXPECT_TRUE(eventually([&] {
    (void)silent_.signals();  // it reads what has come
    const unsigned long before = unread();
    silent_.ask_and_not_listen(kAll);
    silent_.wait_for_bus();
    return unread() == before;
  }));
}

}  // namespace
}  // namespace gpiobroker::test
