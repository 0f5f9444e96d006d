// SPDX-License-Identifier: GPL-2.0-or-later
// Whom a client means by a process id, wherever it runs.
#include "process/process_status.h"

#include <map>

#include <gtest/gtest.h>
#include <unistd.h>

namespace gpiobroker::bus {
namespace {

TEST(AProcessStatus, TellsWhatTheKernelTellsOfThisProcess) {
  const auto status = status_of(getpid());
  ASSERT_TRUE(status);
  EXPECT_EQ(status->parent, getppid());
  EXPECT_EQ(status->uid, getuid());
  EXPECT_EQ(status->ids.front(), getpid());
}

TEST(AProcessStatus, IsNoneOfAProcessThatThereIsNot) {
  EXPECT_FALSE(status_of(-1));
}

/// Two containers on a host, one with another in it.
class AProcessIdOfACaller : public testing::Test {
 protected:
  std::optional<std::int32_t> meant(std::int32_t pid, std::int32_t caller) const {
    return process_meant(pid, caller, [this](std::int32_t id) -> std::optional<ProcessStatus> {
      const auto found = processes_.find(id);
      return found == processes_.end() ? std::nullopt : std::optional(found->second);
    });
  }

  static ProcessStatus process(std::int32_t parent, std::vector<std::int32_t> ids) {
    return {.parent = parent, .uid = 1000, .ids = std::move(ids)};
  }

  std::map<std::int32_t, ProcessStatus> processes_{
      {1, process(0, {1})},
      {100, process(1, {100})},          // starts both
      {200, process(100, {200, 1})},     // a container
      {201, process(200, {201, 2})},     // its shell
      {202, process(201, {202, 100})},   // which runs this
      {203, process(200, {203, 3})},     // and beside it this
      {300, process(201, {300, 4, 1})},  // a container in that container
      {301, process(300, {301, 5, 2})},
      {400, process(100, {400, 1})},  // another one
      {401, process(400, {401, 2})},
      {500, process(100, {500, 6})}};  // put into the first from outside
};

TEST_F(AProcessIdOfACaller, IsTheBrokersOwnWhereBothAreInOneNamespace) {
  EXPECT_EQ(meant(1, 100), 1);
  EXPECT_EQ(meant(401, 100), 401);
  EXPECT_EQ(meant(4711, 100), 4711);
}

TEST_F(AProcessIdOfACaller, IsItsOwnOrAnAncestorsInItsNamespace) {
  EXPECT_EQ(meant(1, 202), 200);
  EXPECT_EQ(meant(2, 202), 201);
  EXPECT_EQ(meant(100, 202), 202);
  EXPECT_EQ(meant(1, 401), 400);
  EXPECT_EQ(meant(1, 301), 300);
  EXPECT_EQ(meant(6, 500), 500);
}

TEST_F(AProcessIdOfACaller, IsNobodyElses) {
  EXPECT_EQ(meant(3, 202), std::nullopt) << "a sibling, which may be in any container";
  EXPECT_EQ(meant(4, 301), std::nullopt) << "an ancestor's number in the namespace around";
  EXPECT_EQ(meant(100, 401), std::nullopt) << "an ancestor outside";
  EXPECT_EQ(meant(1, 500), std::nullopt);
}

TEST_F(AProcessIdOfACaller, IsNobodysIfNothingIsKnownOfTheCaller) {
  EXPECT_EQ(meant(1, 4711), std::nullopt);
  EXPECT_EQ(meant(1, 0), std::nullopt);
}

}  // namespace
}  // namespace gpiobroker::bus
