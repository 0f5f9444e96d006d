// SPDX-License-Identifier: GPL-2.0-or-later
// Direct leases as a program meets them that is written with the client library.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <thread>

#include <poll.h>
#include <sys/wait.h>

#include "gpiobroker/broker.h"
#include "gpiobroker/direct_lines.h"
#include "harness/broker_test.h"
#include "harness/environment.h"
#include "kernel/kernel_view.h"

namespace gpiobroker::test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;

const gpiobroker::Settings kOutput{.direction = Direction::output, .direct = true};
const gpiobroker::Settings kButton{
    .direction = Direction::input, .edge = Edge::both, .direct = true};

constexpr milliseconds kForEver{-1};

using Room = std::array<DirectEdge, 32>;

/// What a call throws; "" for nothing.
struct Failure {
  std::string reason;
  std::string message;
};

Failure failure_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const gpiobroker::Error& error) {
    return {error.reason(), error.what()};
  }
  return {};
}

/// How many requests to the kernel this process has.
std::size_t requests_of_ours() {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;  // the descriptor by which the folder is read
    const std::string file = std::filesystem::read_symlink(entry, gone);
    if (file.find("gpio-line") != std::string::npos) ++count;
  }
  return count;
}

class ADirectLeaseInAProgram : public BrokerTest {
 protected:
  [[nodiscard]] bool is_an_input(Pin pin) { return !is_driven(*board_, pin); }

  [[nodiscard]] std::string state_of(const std::string& name) {
    return line(name).at("State").get<std::string>();
  }

  [[nodiscard]] bool becomes_free(const std::string& name) {
    return eventually([&] { return state_of(name) == "free"; });
  }

  [[nodiscard]] static bool is_readable(int descriptor) {
    pollfd events{.fd = descriptor, .events = POLLIN, .revents = 0};
    return poll(&events, 1, 0) == 1;
  }

  /// The kernel tells of an edge in a thread of its own.
  [[nodiscard]] static bool becomes_readable(const DirectLines& lines) {
    return eventually([&] { return is_readable(lines.descriptor()); });
  }

  /// Ends the lease that GPIO17 is in, and handles what comes on the bus until it is heard of.
  /// Whatever comes of that, nobody waits for the lease's lines after it.
  Failure revoke(Lease& lease, DirectLines& lines, const std::string& reason) {
    EXPECT_EQ(failure_of([&] { root_.revoke("GPIO17", reason); }).message, "");
    Failure end = end_of(lines);
    (void)failure_of([&] { lease.release(); });
    return end;
  }

  /// Handles what comes on the bus until the lease is over.
  static Failure end_of(DirectLines& lines) {
    return failure_of([&] { (void)eventually([&] { return lines.check(), false; }); });
  }

  Broker broker_{bus_.address()};
  Broker root_{bus_.address()};
};

TEST_F(ADirectLeaseInAProgram, HasItsLinesSetAndReadOneByOne) {
  Lease lease = broker_.acquire({"GPIO27", "GPIO17"}, kOutput);
  DirectLines lines = lease.direct();
  EXPECT_THAT(lines.names(), ElementsAre("GPIO27", "GPIO17"));
  const DirectLine led = lines.find("GPIO17");
  EXPECT_EQ(lines.name(led), "GPIO17");
  lines.set(led, true);
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_FALSE(pin(kGpio27).high);
  EXPECT_TRUE(lines.get(led));
  EXPECT_FALSE(lines.get(lines.find("GPIO27")));
  EXPECT_EQ(lease.get(), (Values{{"GPIO17", true}, {"GPIO27", false}}));
  EXPECT_EQ(failure_of([&] { (void)lines.find("GPIO4"); }).reason, "NotInLease");
}

TEST_F(ADirectLeaseInAProgram, HasItsLinesSetAndReadTogetherOnAllChips) {
  Lease lease = broker_.acquire({"GPIO17", "EXP3", "GPIO27"}, kOutput);
  DirectLines lines = lease.direct();
  const std::array levels{DirectLevel{lines.find("GPIO17"), true},
                          DirectLevel{lines.find("EXP3"), true},
                          DirectLevel{lines.find("GPIO27"), false}};
  lines.set(levels);
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_TRUE(pin(kExp3).high);
  EXPECT_FALSE(pin(kGpio27).high);
  std::array read{DirectLevel{lines.find("EXP3"), false}, DirectLevel{lines.find("GPIO17"), false}};
  lines.get(read);
  EXPECT_TRUE(read[0].active && read[1].active);
  EXPECT_EQ(lines.get(), (Values{{"GPIO17", true}, {"EXP3", true}, {"GPIO27", false}}));
}

TEST_F(ADirectLeaseInAProgram, HasItsEdgesReadThere) {
  Lease lease = broker_.acquire({"GPIO17", "EXP3", "GPIO27"}, kButton);
  DirectLines lines = lease.direct();
  Room room;
  EXPECT_EQ(lines.read_edges(room), 0U);
  EXPECT_EQ(lines.wait_for_edges(room, milliseconds(1)), 0U);
  EXPECT_FALSE(is_readable(lines.descriptor()));
  board_->drive(observer_, kGpio27, true);
  ASSERT_EQ(lines.wait_for_edges(room, kDeadline), 1U);
  EXPECT_EQ(lines.name(room[0].line), "GPIO27");
  EXPECT_EQ(room[0].kind, EdgeKind::rising);
  EXPECT_EQ(room[0].line_sequence, 1U);
  board_->drive(observer_, kExp3, true);
  EXPECT_TRUE(becomes_readable(lines));
  ASSERT_EQ(lines.read_edges(room), 1U);
  EXPECT_EQ(room[0].line, lines.find("EXP3"));
  EXPECT_EQ(lines.read_edges(room), 0U);
}

TEST_F(ADirectLeaseInAProgram, GivesAsManyEdgesAtOnceAsThereIsRoomFor) {
  Lease lease = broker_.acquire({"GPIO17"}, kButton);
  DirectLines lines = lease.direct();
  board_->drive(observer_, kGpio17, true);
  EXPECT_TRUE(becomes_readable(lines));
  EXPECT_EQ(lines.read_edges({}), 0U);
  board_->drive(observer_, kGpio17, false);
  std::array<DirectEdge, 1> room;
  ASSERT_EQ(lines.wait_for_edges(room, kDeadline), 1U);
  EXPECT_EQ(room[0].kind, EdgeKind::rising);
  ASSERT_EQ(lines.wait_for_edges(room, kDeadline), 1U);
  EXPECT_EQ(room[0].kind, EdgeKind::falling);
}

TEST_F(ADirectLeaseInAProgram, HasALineConfiguredAndTheOthersLeftAsTheyAre) {
  Lease lease = broker_.acquire({"GPIO17", "GPIO27"}, kOutput);
  DirectLines lines = lease.direct();
  const DirectLine wire = lines.find("GPIO17");
  lines.set(lines.find("GPIO27"), true);
  lines.configure(wire, {.direction = Direction::input, .bias = Bias::pull_up, .edge = Edge::both});
  EXPECT_TRUE(is_an_input(kGpio17));
  EXPECT_TRUE(pin(kGpio27).high);
  EXPECT_TRUE(lines.get(wire)) << "by its pull-up";
  EXPECT_EQ(failure_of([&] { lines.set(wire, true); }).reason, "NotAnOutput");
  EXPECT_TRUE(eventually([&] { return line("GPIO17").at("Bias") == "pull-up"; }));
  lines.configure(wire, {.direction = Direction::output, .value = true});
  EXPECT_TRUE(pin(kGpio17).high);
  EXPECT_TRUE(pin(kGpio27).high);
}

TEST_F(ADirectLeaseInAProgram, IsNothingForALeaseThatIsNotDirect) {
  Lease lease = broker_.acquire({"GPIO17"}, {.direction = Direction::output});
  EXPECT_EQ(failure_of([&] { (void)lease.direct(); }).reason, "NotDirect");
}

TEST_F(ADirectLeaseInAProgram, IsOverForAllThreadsWhenItIsRevoked) {
  Lease lease = broker_.acquire_each(
      {{.line = "GPIO17", .settings = {.direction = Direction::output}},
       {.line = "GPIO27", .settings = {.direction = Direction::input, .edge = Edge::both}}},
      {.direct = true});
  DirectLines lines = lease.direct();
  EXPECT_EQ(requests_of_ours(), 1U);
  Failure of_toggler;
  Failure of_waiter;
  std::thread toggler([&] {
    const DirectLine led = lines.find("GPIO17");
    for (bool level = true; of_toggler.reason.empty() || of_toggler.reason == "NotAnOutput";
         level = !level) {
      of_toggler = failure_of([&] { lines.set(led, level); });
    }
  });
  std::thread waiter([&] {
    Room room;
    of_waiter = failure_of([&] {
      for (;;) (void)lines.wait_for_edges(room, kForEver);
    });
  });
  EXPECT_THAT(revoke(lease, lines, "the heater is too hot").message,
              HasSubstr("the heater is too hot"));
  toggler.join();
  waiter.join();
  for (const Failure& failure : {of_toggler, of_waiter}) {
    EXPECT_EQ(failure.reason, kNoSuchLease);
    EXPECT_THAT(failure.message, HasSubstr("the heater is too hot"));
  }
  EXPECT_EQ(requests_of_ours(), 0U);
  EXPECT_TRUE(becomes_free("GPIO17"));
  EXPECT_TRUE(is_an_input(kGpio17));
  EXPECT_THAT(client().acquire({"GPIO17", "GPIO27"}, driven_high()), Succeeded());
}

TEST_F(ADirectLeaseInAProgram, IsRevokedAgainAndAgainWhileThreadsUseIt) {
  for (unsigned i = 0; i < times(20); ++i) {
    Lease lease = broker_.acquire({"GPIO17"}, kOutput);
    DirectLines lines = lease.direct();
    std::thread user([&] {
      Room room;
      std::string failed;
      const DirectLine led = lines.find("GPIO17");
      while (failed.empty() || failed == "NotAnOutput") {
        failed = failure_of([&] {
                   lines.set(led, true);
                   (void)lines.wait_for_edges(room, milliseconds(0));
                 }).reason;
      }
    });
    const Failure end = revoke(lease, lines, "again");
    user.join();
    EXPECT_EQ(end.reason, kNoSuchLease);
    ASSERT_TRUE(becomes_free("GPIO17"));
    ASSERT_TRUE(is_an_input(kGpio17));
  }
}

TEST_F(ADirectLeaseInAProgram, IsGivenBackWithTheLeasesObject) {
  std::optional<Lease> lease = broker_.acquire({"GPIO17"}, kOutput);
  DirectLines lines = lease->direct();
  lines.set(lines.find("GPIO17"), true);
  lease.reset();
  EXPECT_EQ(requests_of_ours(), 0U);
  EXPECT_TRUE(is_an_input(kGpio17));
  EXPECT_EQ(state_of("GPIO17"), "free");
  EXPECT_THAT(client().acquire({"GPIO17"}, driven_high()), Succeeded());
}

TEST_F(ADirectLeaseInAProgram, IsOfNoUseOnceItIsReleased) {
  Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  DirectLines lines = lease.direct();
  const DirectLine led = lines.find("GPIO17");
  lease.release();
  Room room;
  EXPECT_EQ(failure_of([&] { lines.set(led, true); }).reason, kNoSuchLease);
  EXPECT_EQ(failure_of([&] { (void)lines.get(led); }).reason, kNoSuchLease);
  EXPECT_EQ(failure_of([&] { (void)lines.read_edges(room); }).reason, kNoSuchLease);
  EXPECT_EQ(failure_of([&] { (void)lines.wait_for_edges(room, kForEver); }).reason, kNoSuchLease);
  EXPECT_EQ(failure_of([&] { lines.check(); }).reason, kNoSuchLease);
  EXPECT_EQ(failure_of([&] { (void)lease.direct(); }).reason, kNoSuchLease);
  EXPECT_TRUE(is_readable(lines.descriptor()));
}

TEST_F(ADirectLeaseInAProgram, EndsWithTheLastOfItsLines) {
  Lease lease = broker_.acquire({"GPIO17", "GPIO27"}, kOutput);
  DirectLines lines = lease.direct();
  lease.release({"GPIO27"});
  EXPECT_TRUE(is_an_input(kGpio27));
  lines.set(lines.find("GPIO17"), true);
  EXPECT_TRUE(pin(kGpio17).high);
  lease.release({"GPIO17"});
  EXPECT_EQ(end_of(lines).reason, kNoSuchLease);
  EXPECT_EQ(requests_of_ours(), 0U);
  EXPECT_TRUE(becomes_free("GPIO17"));
  EXPECT_TRUE(becomes_free("GPIO27"));
}

TEST_F(ADirectLeaseInAProgram, TellsTheBrokerWhenItsLinesAreClosedBeforeItsEnd) {
  Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  {
    const DirectLines lines = lease.direct();
    const DirectLines same = lease.direct();
    EXPECT_EQ(requests_of_ours(), 1U);
  }
  EXPECT_EQ(requests_of_ours(), 0U);
  lease.set("GPIO17", true);
  EXPECT_TRUE(pin(kGpio17).high);
  root_.revoke("GPIO17", "enough");
  EXPECT_TRUE(is_an_input(kGpio17));
  EXPECT_TRUE(becomes_free("GPIO17"));
}

TEST_F(ADirectLeaseInAProgram, HoldsItsLineBackUntilItIsHeardThatItIsOver) {
  Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  DirectLines lines = lease.direct();
  root_.revoke("GPIO17", "enough");
  EXPECT_TRUE(eventually([&] { return state_of("GPIO17") == "quarantined"; }));
  EXPECT_EQ(failure_of([&] { lines.set(lines.find("GPIO17"), true); }).reason, "NotAnOutput");
  EXPECT_EQ(end_of(lines).reason, kNoSuchLease);
  EXPECT_TRUE(becomes_free("GPIO17"));
}

TEST_F(ADirectLeaseInAProgram, IsOverWhenTheBrokerIsGone) {
  Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  DirectLines lines = lease.direct();
  daemon_.process().signal(SIGTERM);
  EXPECT_EQ(end_of(lines).reason, kNoBroker);
  EXPECT_EQ(requests_of_ours(), 0U);
  daemon_.process().wait();
  EXPECT_TRUE(is_an_input(kGpio17));
}

TEST_F(ADirectLeaseInAProgram, IsOverWhenTheBusIsGone) {
  Lease lease = broker_.acquire({"GPIO17"}, kOutput);
  DirectLines lines = lease.direct();
  bus_.kill();
  EXPECT_EQ(end_of(lines).reason, kDisconnected);
  EXPECT_EQ(failure_of([&] { lines.set(lines.find("GPIO17"), true); }).reason, kDisconnected);
  EXPECT_EQ(requests_of_ours(), 0U);
  daemon_.process().wait();
}

TEST_F(ADirectLeaseInAProgram, LeavesAChildWithoutAnyPartInIt) {
  Lease lease = broker_.acquire({"GPIO17"}, kButton);
  DirectLines lines = lease.direct();
  const pid_t child = fork();
  if (child == 0) {
    { const Lease gone = std::move(lease); }
    std::_Exit(requests_of_ours() == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, EXIT_SUCCESS);
  board_->drive(observer_, kGpio17, true);
  Room room;
  EXPECT_EQ(lines.wait_for_edges(room, kDeadline), 1U);
}

}  // namespace
}  // namespace gpiobroker::test
