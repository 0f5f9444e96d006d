// SPDX-License-Identifier: GPL-2.0-or-later
// What the bus has to say of a client before it may do anything.
#include "bus/callers/credentials.h"

#include <array>

#include <gmock/gmock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/spelling.h"
#include "process/process_unit.h"
#include "support/hostile_names.h"

namespace gpiobroker::bus {
namespace {

using Groups = std::vector<std::uint32_t>;

Credentials complete() {
  return {{"UnixUserID", sdbus::Variant(std::uint32_t{1000})},
          {"UnixGroupIDs", sdbus::Variant(Groups{1000, 997})},
          {"ProcessID", sdbus::Variant(static_cast<std::uint32_t>(getpid()))}};
}

TEST(Credentials, NameTheUserAndItsGroups) {
  const auto holder = holder_from({":1.7"}, complete());
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->name.value, ":1.7");
  EXPECT_EQ(holder->uid, 1000U);
  EXPECT_THAT(holder->gids, testing::ElementsAre(1000, 997));
  EXPECT_EQ(holder->pid, getpid());
}

TEST(Credentials, AreNoneWithoutAUserOrItsGroups) {
  for (const char* key : {"UnixUserID", "UnixGroupIDs"}) {
    Credentials answer = complete();
    answer.erase(key);
    EXPECT_FALSE(holder_from({":1.7"}, answer)) << key;
    answer.emplace(key, sdbus::Variant(std::string("0")));
    EXPECT_FALSE(holder_from({":1.7"}, answer)) << key;
  }
}

TEST(Credentials, VouchForNoUnitByProcessIdAlone) {
  EXPECT_EQ(holder_from({":1.7"}, complete())->vouched_unit, "");
}

TEST(Credentials, VouchForTheUnitOfAProcessThatIsHandedOver) {
  const int pidfd = static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0));
  ASSERT_GE(pidfd, 0);
  Credentials answer = complete();
  answer.emplace("ProcessFD", sdbus::Variant(sdbus::UnixFd(pidfd, sdbus::adopt_fd)));
  EXPECT_EQ(holder_from({":1.7"}, answer)->vouched_unit, unit_of_pid(getpid()).value_or(""));
}

TEST(Credentials, NameTheCommandWhateverItIsCalled) {
  std::array<char, 16> own{};
  prctl(PR_GET_NAME, own.data());
  for (const std::string_view bytes : test::kHostileNames) {
    const std::string name(bytes.substr(0, own.size() - 1));
    prctl(PR_SET_NAME, name.c_str());
    EXPECT_EQ(holder_from({":1.7"}, complete())->command, core::name_from(name));
  }
  prctl(PR_SET_NAME, own.data());
}

TEST(Credentials, MayLackAProcess) {
  Credentials answer = complete();
  answer.erase("ProcessID");
  EXPECT_EQ(holder_from({":1.7"}, answer)->pid, 0);
}

}  // namespace
}  // namespace gpiobroker::bus
