// SPDX-License-Identifier: GPL-2.0-or-later
// The gpiobroker command where nobody reads what it writes.
#include <filesystem>

#include <sys/ioctl.h>

#include "cases/command_fixture.h"
#include "harness/temporary_folder.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A pipe that takes a page.
class SmallPipe {
 public:
  SmallPipe() { checked(fcntl(pipe_.writer.get(), F_SETPIPE_SZ, 1), "F_SETPIPE_SZ"); }

  [[nodiscard]] int writer() const { return pipe_.writer.get(); }
  void close_writer() { pipe_.writer.close(); }
  void close_reader() { pipe_.reader.close(); }

  void fill() const {
    const std::string page(4096, '.');
    checked(write(pipe_.writer.get(), page.data(), page.size()), "write");
  }

  [[nodiscard]] int unread() const {
    int count = 0;
    checked(ioctl(pipe_.reader.get(), FIONREAD, &count), "FIONREAD");
    return count;
  }

 private:
  Pipe pipe_;
};

class AnUnreadCommand : public CommandTest {
 protected:
  void press() { board_->drive(observer_, kGpio17, high_ = !high_); }

  /// Presses until the command has more to write than its pipe takes.
  void press_until_full(const SmallPipe& pipe) {
    constexpr int kRoomForALine = 100;
    ASSERT_TRUE(eventually([&] {
      press();
      return pipe.unread() > 4096 - kRoomForALine;
    }));
    constexpr int kMoreThanALine = 16;
    for (int i = 0; i < kMoreThanALine; ++i) press();
  }

  void expect_nothing_held() {
    EXPECT_TRUE(eventually([&] { return lease_paths().empty(); }));
  }

 private:
  bool high_ = false;
};

TEST_F(AnUnreadCommand, EndsWhenItIsTold) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const SmallPipe pipe;
    const Streams streams{.in = -1, .out = pipe.writer(), .err = pipe.writer()};
    Process monitor(running({"monitor", "GPIO17", "--event-buffer-size", "4"}, streams));
    press_until_full(pipe);
    monitor.signal(signal);
    EXPECT_EQ(monitor.wait(), exited(0));
    expect_nothing_held();
  }
}

TEST_F(AnUnreadCommand, TellsOfEdgesThatNobodyReads) {
  const SmallPipe pipe;
  const Output errors;
  const Streams streams{.in = -1, .out = pipe.writer(), .err = errors.streams().err};
  Process monitor(running({"monitor", "GPIO17", "--event-buffer-size", "4"}, streams));
  press_until_full(pipe);
  EXPECT_TRUE(eventually([&] {
    press();
    return errors.text().find(" edges of GPIO17 were lost so far\n") != std::string::npos;
  }));
}

TEST_F(AnUnreadCommand, EndsWithItsReader) {
  SmallPipe pipe;
  Process monitor(running({"monitor", "GPIO17"}, {.in = -1, .out = pipe.writer(), .err = -1}));
  pipe.close_writer();
  ASSERT_TRUE(eventually([&] { return pipe.unread() > 0; }));
  pipe.close_reader();
  EXPECT_EQ(monitor.wait(), killed_by(SIGPIPE));
  expect_nothing_held();
}

TEST_F(AnUnreadCommand, EndsWithItsReaderWhereThatIsNoSignal) {
  SmallPipe pipe;
  const Output errors;
  Program program =
      running({"monitor", "GPIO17"}, {.in = -1, .out = pipe.writer(), .err = errors.streams().err});
  program.command.insert(program.command.begin(), {"env", "--ignore-signal=PIPE"});
  Process monitor(program);
  pipe.close_writer();
  ASSERT_TRUE(eventually([&] { return pipe.unread() > 0; }));
  pipe.close_reader();
  EXPECT_EQ(monitor.wait(), exited(1));
  EXPECT_THAT(errors.text(), HasSubstr("cannot write to standard output"));
  expect_nothing_held();
}

TEST_F(AnUnreadCommand, IsEndedWithEnoughEdgesAndALeaseThatItGaveBack) {
  const SmallPipe pipe;
  const Streams streams{.in = -1, .out = pipe.writer(), .err = -1};
  Process monitor(running({"monitor", "GPIO17", "--num-events", "500"}, streams));
  EXPECT_TRUE(eventually([&] {
    press();
    return lease_paths().empty() && pipe.unread() > 0;
  }));
  EXPECT_FALSE(monitor.has_ended());
  monitor.signal(SIGTERM);
  EXPECT_EQ(monitor.wait(), exited(0));
}

TEST_F(AnUnreadCommand, DrivesItsLineUntilItIsTold) {
  const SmallPipe pipe;
  pipe.fill();
  const Streams streams{.in = -1, .out = pipe.writer(), .err = pipe.writer()};
  Process command(running({"set", "--json", "GPIO17=1"}, streams));
  ASSERT_TRUE(eventually([&] { return pin(kGpio17).high; }));
  command.signal(SIGTERM);
  EXPECT_EQ(command.wait(), exited(0));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(AnUnreadCommand, EndsTheCommandThatItHoldsForWhenTheLeaseIsRevoked) {
  const SmallPipe pipe;
  pipe.fill();
  const Streams streams{.in = -1, .out = pipe.writer(), .err = pipe.writer()};
  const TemporaryFolder folder;
  const std::string started = folder.file("started");
  Process command(
      running({"hold", "GPIO17=1", "--", "sh", "-c", "touch " + started + "; exec sleep infinity"},
              streams));
  ASSERT_TRUE(eventually([&] { return std::filesystem::exists(started); }));
  EXPECT_EQ(run({"revoke", "GPIO17"}).end, exited(0));
  EXPECT_EQ(command.wait(), exited(1));
}

}  // namespace
}  // namespace gpiobroker::test
