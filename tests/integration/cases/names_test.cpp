// SPDX-License-Identifier: GPL-2.0-or-later
// Names of users and groups that come late, never, or from a service that breaks.
#include <csignal>
#include <filesystem>
#include <fstream>

#include "harness/broker_test.h"
#include "harness/temporary_folder.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// What the daemon's name services do, by files in a folder.
class NameServices {
 public:
  explicit NameServices(const std::vector<const char*>& files) {
    for (const char* file : files) make(file);
  }

  [[nodiscard]] std::vector<std::string> wrapper() const {
    return {"env", "LD_PRELOAD=" + program_beside("libgpiobroker-test-names.so"),
            "ASAN_OPTIONS=verify_asan_link_order=0", "GPIOBROKER_TEST_NAMES=" + folder_.file("")};
  }

  void make(const std::string& file) const { std::ofstream(folder_.file(file)) << '\n'; }
  void remove(const std::string& file) const { std::filesystem::remove(folder_.file(file)); }

  void know(const std::string& names) const {
    std::ofstream(folder_.file("new")) << names;
    std::filesystem::rename(folder_.file("new"), folder_.file("names"));
  }

 private:
  TemporaryFolder folder_;
};

/// Made before the broker that is to have them.
class WithNameServices {
 protected:
  explicit WithNameServices(const std::vector<const char*>& files) : names_(files) {}

  NameServices names_;
};

class ABrokerOfNames : public WithNameServices, public BrokerTest {
 protected:
  explicit ABrokerOfNames(const std::string& configuration,
                          const std::vector<const char*>& files = {})
      : WithNameServices(files), BrokerTest(names_.wrapper(), configuration) {}

  bool may_lease(uid_t user) {
    ClientProcess asking = client(user);
    return asking.acquire({"GPIO17"}, {}).error.empty() && asking.release_lines({}).error.empty();
  }

  std::string why_not(uid_t user) { return client(user).acquire({"GPIO17"}, {}).message; }
  std::string problems() { return properties(kManagerPath, kManager).at("Problems").dump(); }
};

constexpr const char* kForAlice = R"({"rules": [
    {"name": "hers", "users": ["alice"], "verbs": ["lease"], "allow": true}]})";

constexpr const char* kNotForAlice = R"({"rules": [
    {"name": "not alice", "users": ["alice"], "verbs": ["lease"], "allow": false},
    {"name": "all", "verbs": ["lease"], "allow": true}]})";

class ABrokerThatDoesNotKnowAlice : public ABrokerOfNames {
 protected:
  ABrokerThatDoesNotKnowAlice() : ABrokerOfNames(kForAlice) {}
};

TEST_F(ABrokerThatDoesNotKnowAlice, RunsAndSaysSo) {
  EXPECT_TRUE(may_lease(kRoot));
  EXPECT_THAT(why_not(kNobody), HasSubstr("rule 'hers' allows it to some: there is no user"));
  EXPECT_THAT(problems(),
              AllOf(HasSubstr("/rules/0/users/0: there is no user 'alice'"), HasSubstr("void")));
  EXPECT_THAT(daemon_.log(), HasSubstr("there is no user 'alice' on this system"));
}

TEST_F(ABrokerThatDoesNotKnowAlice, FindsHerWhenSheIsThere) {
  EXPECT_FALSE(may_lease(kNobody));
  names_.know("user alice 65534");
  EXPECT_TRUE(eventually([&] { return may_lease(kNobody); }));
  EXPECT_TRUE(eventually([&] { return problems() == "[]"; }));
}

TEST_F(ABrokerThatDoesNotKnowAlice, GoesOnWhenItsNameServicesCrash) {
  names_.make("crash");
  daemon_.process().signal(SIGHUP);
  EXPECT_TRUE(may_lease(kRoot));
  EXPECT_FALSE(may_lease(kNobody));
  names_.know("user alice 65534");
  names_.remove("crash");
  EXPECT_TRUE(eventually([&] { return may_lease(kNobody); }));
}

class ABrokerWhoseNamesAreSlow : public ABrokerOfNames {
 protected:
  ABrokerWhoseNamesAreSlow() : ABrokerOfNames(kNotForAlice, {"gate"}) {}
};

TEST_F(ABrokerWhoseNamesAreSlow, StartsAndIsNeverLaxer) {
  EXPECT_FALSE(may_lease(kNobody));
  EXPECT_THAT(why_not(kNobody),
              AllOf(HasSubstr("rule 'not alice' denies it"), HasSubstr("still being looked up"),
                    HasSubstr("holds for everybody")));
  names_.know("user alice 1");
  names_.remove("gate");
  EXPECT_TRUE(eventually([&] { return may_lease(kNobody); }));
  EXPECT_FALSE(may_lease(kSomebodyElse));
}

TEST_F(ABrokerWhoseNamesAreSlow, KeepsWhatItKnewWhileTheyCannotBeAsked) {
  names_.know("user alice 1");
  names_.remove("gate");
  EXPECT_TRUE(eventually([&] { return may_lease(kNobody); }));
  names_.make("down");
  names_.know("");
  daemon_.configure(kForAlice);
  daemon_.process().signal(SIGHUP);
  EXPECT_TRUE(eventually([&] { return may_lease(kSomebodyElse); }));
  EXPECT_FALSE(may_lease(kNobody));
}

class ABrokerThatReloadsSlowly : public ABrokerOfNames {
 protected:
  ABrokerThatReloadsSlowly() : ABrokerOfNames(DaemonProcess::kOpenToAll) {
    names_.make("gate");
    daemon_.configure(R"({"aliases": {"fan": "GPIO27"}})");
    daemon_.process().signal(SIGHUP);
  }
};

TEST_F(ABrokerThatReloadsSlowly, ServesMeanwhileByThePolicyOfBefore) {
  ClientProcess holder = client();
  EXPECT_THAT(holder.acquire({"GPIO17"}, driven_high()), Succeeded());
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_THAT(holder.acquire({"fan"}, {}), RefusedFor("NoSuchLine"));
  holder.kill();
  wait_for_goodbye(holder);
  EXPECT_TRUE(is_safe(kGpio17));
}

TEST_F(ABrokerThatReloadsSlowly, HasTheNewOneInForceOnceNamesAreKnown) {
  EXPECT_THAT(client().acquire({"GPIO17"}, {}), Succeeded());
  names_.remove("gate");
  EXPECT_TRUE(eventually([&] { return client(kRoot).acquire({"fan"}, {}).error.empty(); }));
  EXPECT_THAT(client().acquire({"GPIO17"}, {}), RefusedFor("Denied"));
}

// What comes last counts, however long what came before it would have taken.
TEST_F(ABrokerThatReloadsSlowly, TakesTheLastOfTwo) {
  daemon_.configure(R"({"aliases": {"lamp": "GPIO27"}})");
  daemon_.process().signal(SIGHUP);
  EXPECT_THAT(client().acquire({"fan"}, {}), RefusedFor("NoSuchLine"));
  names_.remove("gate");
  EXPECT_TRUE(eventually([&] { return client(kRoot).acquire({"lamp"}, {}).error.empty(); }));
  EXPECT_THAT(client(kRoot).acquire({"fan"}, {}), RefusedFor("NoSuchLine"));
}

}  // namespace
}  // namespace gpiobroker::test
