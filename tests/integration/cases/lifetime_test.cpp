// SPDX-License-Identifier: GPL-2.0-or-later
// Leases that outlive their connection, and what ends each of them.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/broker_test.h"
#include "harness/file_descriptor.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

Program sleeper(uid_t user) {
  return {.command = {"/bin/sleep", "infinity"}, .environment = {}, .user = user, .streams = {}};
}

class ALeaseThatOutlivesItsConnection : public BrokerTest {
 protected:
  /// Acquires by a client that is gone when this returns.
  Reply acquire_and_leave(Settings options) {
    ClientProcess client = this->client();
    options.merge(driven_high());
    const Reply reply = client.acquire({"GPIO17"}, options);
    client.process().signal(SIGKILL);
    client.process().wait();
    wait_for_goodbye(client);
    return reply;
  }

  Reply acquire_for(const Process& process) {
    return acquire_and_leave({{"process", v("u", process.pid())}});
  }

  static Reply get_lease(ClientProcess& client, const std::string& line) {
    return client.call(on_manager("GetLease", "s", Json::array({line})));
  }

  bool is_driven() { return pin(kGpio17).driven; }
  bool becomes_safe() {
    return eventually([this] { return is_safe(kGpio17) && lease_paths().empty(); });
  }
};

TEST_F(ALeaseThatOutlivesItsConnection, EndsWithItsProcess) {
  Process process(sleeper(client_user()));
  EXPECT_THAT(acquire_for(process), Succeeded());
  EXPECT_TRUE(is_driven());
  process.signal(SIGKILL);
  EXPECT_TRUE(becomes_safe());
}

TEST_F(ALeaseThatOutlivesItsConnection, IsUsedByTheNextConnectionOfTheUser) {
  Process process(sleeper(client_user()));
  const std::string lease = lease_in(acquire_for(process));
  ClientProcess next = client();
  EXPECT_EQ(get_lease(next, "GPIO17").values.at(0), lease);
  EXPECT_THAT(next.set_values(lease, {{"GPIO17", 0}}), Succeeded());
  EXPECT_FALSE(pin(kGpio17).high);
  EXPECT_EQ(properties(lease, kLease).at("Holder"), next.bus_name());
  EXPECT_EQ(properties(lease, kLease).at("Lifetime"), "process");
}

TEST_F(ALeaseThatOutlivesItsConnection, NamesNoProcessThatHasLeft) {
  Process process(sleeper(client_user()));
  observer_.watch("type='signal',path='/org/gpiobroker1',member='InterfacesAdded'");
  ClientProcess holder = client();
  Settings options = driven_high();
  options.merge(Settings{{"process", v("u", process.pid())}});
  const std::string lease = lease_in(holder.acquire({"GPIO17"}, options));
  EXPECT_TRUE(eventually([&] { return !observer_.signals().empty(); }));
  EXPECT_EQ(properties(lease, kLease).at("HolderPid"), holder.process().pid());
  observer_.watch("type='signal',path='/org/gpiobroker1/leases/1',member='PropertiesChanged'");
  holder.process().signal(SIGKILL);
  EXPECT_TRUE(eventually([&] {
    const Json seen = observer_.signals();
    return std::ranges::any_of(seen, [](const Json& signal) {
      return signal.at("arguments").at(1).value("HolderPid", 1) == 0;
    });
  }));
  EXPECT_EQ(properties(lease, kLease).at("HolderPid"), 0);
  ClientProcess next = client();
  EXPECT_THAT(next.get_values(lease), Succeeded());
  EXPECT_EQ(properties(lease, kLease).at("HolderPid"), next.process().pid());
}

TEST_F(ALeaseThatOutlivesItsConnection, IsNotForOtherUsers) {
  Process process(sleeper(client_user()));
  const std::string lease = lease_in(acquire_for(process));
  ClientProcess other = client(kSomebodyElse);
  EXPECT_EQ(other.set_values(lease, {{"GPIO17", 0}}).error, kUnknownObject);
  EXPECT_THAT(get_lease(other, "GPIO17"), RefusedFor("NoSuchLease"));
  EXPECT_TRUE(pin(kGpio17).high);
}

TEST_F(ALeaseThatOutlivesItsConnection, IsNotBoundToAnotherUsersProcess) {
  Process process(sleeper(kSomebodyElse));
  EXPECT_THAT(acquire_for(process), RefusedFor("InvalidSetting", HasSubstr("is another user's")));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ALeaseThatOutlivesItsConnection, IsNotBoundToAProcessThatIsGone) {
  Process process(sleeper(client_user()));
  process.signal(SIGKILL);
  process.wait();
  EXPECT_THAT(acquire_for(process), RefusedFor("InvalidSetting", HasSubstr("process")));
}

TEST_F(ALeaseThatOutlivesItsConnection, MayBeBoundToAnyProcessByRoot) {
  Process process(sleeper(kSomebodyElse));
  ClientProcess root = client(kRoot);
  EXPECT_THAT(root.acquire({"GPIO17"}, {{"process", v("u", process.pid())}}), Succeeded());
}

TEST_F(ALeaseThatOutlivesItsConnection, EndsWhenNobodyHasTheOtherEndOfItsPipe) {
  int ends[2];
  checked(pipe2(ends, 0), "pipe2");
  const FileDescriptor ours(ends[0]);
  std::optional<FileDescriptor> theirs(ends[1]);
  std::optional<Process> child(sleeper(client_user()));  // inherits the other end
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  EXPECT_THAT(acquire_and_leave({{"fd", v("h", ends[0])}}), Succeeded());
  theirs.reset();
  EXPECT_TRUE(is_driven()) << "the child has it still";
  child.reset();
  EXPECT_TRUE(becomes_safe());
}

TEST_F(ALeaseThatOutlivesItsConnection, EndsWhenTheOtherSocketOfItsPairIsClosed) {
  int ends[2];
  checked(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), "socketpair");
  const FileDescriptor ours(ends[0]);
  std::optional<FileDescriptor> theirs(ends[1]);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  EXPECT_THAT(acquire_and_leave({{"fd", v("h", ends[0])}}), Succeeded());
  EXPECT_TRUE(is_driven());
  theirs.reset();
  EXPECT_TRUE(becomes_safe());
}

TEST_F(ALeaseThatOutlivesItsConnection, IsNotBoundToAFileThatNeverEnds) {
  const FileDescriptor file(checked(open("/dev/null", O_RDWR), "open"));
  EXPECT_THAT(acquire_and_leave({{"fd", v("h", file.get())}}),
              RefusedFor("InvalidSetting", HasSubstr("fd")));
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ALeaseThatOutlivesItsConnection, EndsWhenItsTimeIsOver) {
  EXPECT_THAT(acquire_and_leave({{"ttl-ms", v("u", 300)}}), Succeeded());
  EXPECT_TRUE(becomes_safe());
}

TEST_F(ALeaseThatOutlivesItsConnection, LivesOnWhileItIsKeptAlive) {
  constexpr int kTtl = 2000;
  const std::string lease = lease_in(acquire_and_leave({{"ttl-ms", v("u", kTtl)}}));
  ClientProcess next = client();
  const auto begin = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(2 * kTtl)) {
    EXPECT_THAT(next.call({.path = lease, .interface = kLease, .member = "KeepAlive"}),
                Succeeded());
  }
  EXPECT_TRUE(is_driven());
  EXPECT_TRUE(becomes_safe());
}

TEST_F(ALeaseThatOutlivesItsConnection, IsRefusedForGoodWithoutTheRightToIt) {
  EXPECT_THAT(acquire_and_leave({{"lifetime", v("s", "persistent")}, {"ttl-ms", v("u", 1)}}),
              RefusedFor("InvalidSetting", HasSubstr("does not go with")));
  EXPECT_THAT(acquire_and_leave({{"lifetime", v("s", "process")}}),
              RefusedFor("InvalidSetting", HasSubstr("needs the option process")));
  EXPECT_THAT(acquire_and_leave({{"ttl-ms", v("u", 0)}}), RefusedFor("InvalidSetting"));
  EXPECT_THAT(acquire_and_leave({{"lifetime", v("s", "forever")}}), RefusedFor("InvalidSetting"));
}

TEST_F(ALeaseThatOutlivesItsConnection, StaysUntilItIsReleasedIfItIsPersistent) {
  const std::string lease = lease_in(acquire_and_leave({{"lifetime", v("s", "persistent")}}));
  EXPECT_TRUE(is_driven());
  ClientProcess next = client();
  EXPECT_THAT(next.release_lines({}), Succeeded()) << "cleans up after itself, and no other";
  EXPECT_TRUE(is_driven());
  EXPECT_THAT(next.release(lease), Succeeded());
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ALeaseThatOutlivesItsConnection, IsResetWhenTheBrokerStops) {
  EXPECT_THAT(acquire_and_leave({{"lifetime", v("s", "persistent")}}), Succeeded());
  EXPECT_EQ(daemon_.terminate(), exited(0));
}

class AHeartbeat : public BrokerTest {
 protected:
  AHeartbeat()
      : lease_(lease_in(client_.acquire(
            {"GPIO17"}, {{"direction", v("s", "output")}, {"heartbeat-ms", v("u", 500)}}))) {}

  ClientProcess client_ = client();
  std::string lease_;
};

TEST_F(AHeartbeat, CatchesAClientThatIsStopped) {
  client_.process().stop();
  EXPECT_TRUE(eventually([this] { return is_safe(kGpio17); }));
  EXPECT_TRUE(
      eventually([this] { return daemon_.log().find("ended: hung") != std::string::npos; }));
}

TEST_F(AHeartbeat, CatchesAChildThatInheritedTheConnectionAndDoesNothing) {
  client_.fork();
  client_.kill();
  EXPECT_TRUE(eventually([this] { return is_safe(kGpio17); }));
}

}  // namespace
}  // namespace gpiobroker::test
