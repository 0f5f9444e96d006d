// SPDX-License-Identifier: GPL-2.0-or-later
// A broker that gets no more memory or descriptors than it has: it may end, but not its promise.
#include <sys/resource.h>

#include "harness/broker_test.h"
#include "harness/environment.h"
#include "harness/temporary_folder.h"
#include "kernel/kernel_view.h"
#include "kernel/shared_faults.h"

namespace gpiobroker::test {
namespace {

using testing::Not;

const std::vector<std::string> kStarvedLines{"GPIO17", "EXP3"};

/// What allocates at all does so several times: every 7th allocation, or as the tester wants it.
unsigned stride() {
  constexpr unsigned kUsual = 7;
  return number_in_environment("GPIOBROKER_TEST_STRIDE", kUsual);
}

class AStarvingBroker : public testing::Test {
 protected:
  AStarvingBroker() { start(); }

  void start() {
    daemon_.emplace(DaemonProcess::Options{.arguments = {"--address", bus_.address()},
                                           .wrapper = faults_.wrapper(),
                                           .state = state_.file("state")});
    daemon_->wait_until_ready();
  }

  [[nodiscard]] bool any_is_driven() const {
    return is_driven(*board_, kGpio17) || is_driven(*board_, kExp3);
  }
  [[nodiscard]] bool all_are_driven() const {
    return is_driven(*board_, kGpio17) && is_driven(*board_, kExp3);
  }

  /// What systemd runs after every end of the daemon.
  void run_helper() {
    Process helper(
        {.command = {program_beside("gpiobroker-reset"), "--state", state_.file("state")},
         .environment = {},
         .user = {},
         .streams = {}});
    EXPECT_EQ(helper.wait(), exited(EXIT_SUCCESS));
  }

  enum class Deed { grant, release, goodbye };

  /// Has the nth allocation of a deed fail. Returns whether it took so many.
  ///
  /// Nobody waits for the answer: for want of memory there may be none.
  bool starves_at(unsigned n, Deed deed) {
    ClientProcess client(bus_.address(), kNobody);
    const Call grant = acquiring(kStarvedLines, driven_high());
    Json lease;
    if (deed != Deed::grant) lease = lease_in(client.call(grant));
    faults_.starve_at(n);
    if (deed == Deed::grant) client.send(grant);
    if (deed == Deed::release) {
      client.send(
          on_lease(lease, "Release", "asa{sv}", Json::array({Json::array(), Json::object()})));
    }
    if (deed == Deed::goodbye) client.kill();
    EXPECT_TRUE(eventually([&] {
      return faults_.starved() || (deed == Deed::grant ? all_are_driven() : !any_is_driven());
    }));
    const bool starved = faults_.starved();
    client.kill();
    if (has_ended()) {
      run_helper();
      start();
    }
    faults_.feed();
    EXPECT_TRUE(eventually([this] { return !any_is_driven(); })) << n;
    return starved;
  }

  /// Whether the broker has ended: it is asked, and answers only if it has not.
  bool has_ended() {
    ClientProcess observer(bus_.address(), kRoot);
    const Reply reply = observer.call(
        {.path = kManagerPath, .interface = "org.freedesktop.DBus.Peer", .member = "Ping"});
    if (reply.error.empty()) return false;
    EXPECT_EQ(daemon_->process().wait(), exited(EXIT_FAILURE)) << daemon_->log();
    return true;
  }

  void starve_everywhere(Deed deed) {
    const unsigned each = stride();
    unsigned n = 1;
    while (starves_at(n, deed) && !HasFailure()) n += each;
    std::cout << "up to " << n << " allocations\n";
    EXPECT_GT(n, each);
  }

  TestBus bus_;
  std::unique_ptr<Board> board_ = make_board();
  TemporaryFolder state_;
  Faults faults_;
  std::optional<DaemonProcess> daemon_;
};

TEST_F(AStarvingBroker, LeavesNoLineDrivenWhereverItsMemoryEndsInAGrant) {
  starve_everywhere(Deed::grant);
}

TEST_F(AStarvingBroker, LeavesNoLineDrivenWhereverItsMemoryEndsInARelease) {
  starve_everywhere(Deed::release);
}

TEST_F(AStarvingBroker, LeavesNoLineDrivenWhereverItsMemoryEndsInAGoodbye) {
  starve_everywhere(Deed::goodbye);
}

// The bus library gives up a connection from which it cannot take what comes.
TEST_F(AStarvingBroker, EndsItsLeasesOrKeepsThemWhenItIsSentADescriptorTooMany) {
  int ends[2];
  checked(pipe2(ends, 0), "pipe2");  // the client inherits them
  const FileDescriptor reader(ends[0]);
  const FileDescriptor writer(ends[1]);
  ClientProcess client(bus_.address(), kNobody);
  ASSERT_THAT(client.acquire({"EXP3"}, driven_high()), Succeeded());
  const rlimit streams{.rlim_cur = 3, .rlim_max = 3};
  checked(prlimit(daemon_->process().pid(), RLIMIT_NOFILE, &streams, nullptr), "prlimit");
  Settings settings = driven_high();
  settings["fd"] = v("h", reader.get());
  EXPECT_THAT(client.acquire({"GPIO17"}, settings), Not(Succeeded()));
  EXPECT_FALSE(is_driven(*board_, kGpio17));
  EXPECT_NE(has_ended(), is_driven(*board_, kExp3));
}

}  // namespace
}  // namespace gpiobroker::test
