// SPDX-License-Identifier: GPL-2.0-or-later
// Who is answered how much without reading it.
#include "bus/callers/unread.h"

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace gpiobroker::bus {
namespace {

using testing::SizeIs;
using Verdict = Unread::Verdict;

class AnUnreadAnswer : public testing::Test {
 protected:
  static core::Client client(int number, std::uint32_t uid = 1000) {
    return {.name = {":1." + std::to_string(number)}, .uid = uid, .unit = {}, .command = {}};
  }

  /// Has a client answered until it is not any more, as it reads nothing. Returns what becomes of
  /// its next call.
  Verdict exhaust(const core::Client& client) {
    constexpr std::size_t kAnswer = 4096;
    std::size_t sent = 0;
    asked_.clear();
    for (Verdict verdict = Verdict::answer;; sent += kAnswer) {
      verdict = unread_.admit(client, kAnswer);
      if (verdict != Verdict::answer) return verdict;
      if (!asked_.empty()) tell(sent + kAnswer);
    }
  }

  /// The bus tells how much the client of the last question has not read.
  void tell(std::optional<std::size_t> unread) {
    const auto then = std::move(asked_.back());
    asked_.clear();
    then(unread);
  }

  std::vector<std::function<void(std::optional<std::size_t>)>> asked_;
  Unread unread_{
      [this](const core::ClientName&, std::function<void(std::optional<std::size_t>)> then) {
        asked_.push_back(std::move(then));
      }};
};

TEST_F(AnUnreadAnswer, IsNoMatterAsLongAsItIsSmall) {
  EXPECT_EQ(unread_.admit(client(1), 512), Verdict::answer);
  EXPECT_THAT(asked_, SizeIs(0));
}

TEST_F(AnUnreadAnswer, OfAClientIsTheLastWhenThereAreTwoMebibytes) {
  EXPECT_EQ(exhaust(client(1)), Verdict::ignore);
  EXPECT_EQ(unread_.admit(client(1), 512), Verdict::ignore);
  EXPECT_EQ(unread_.admit(client(2), 512), Verdict::answer);
  EXPECT_THAT(asked_, SizeIs(1)) << "one question at a time";
}

TEST_F(AnUnreadAnswer, IsForgottenOnceItIsRead) {
  EXPECT_EQ(exhaust(client(1)), Verdict::ignore);
  tell(100);
  EXPECT_EQ(unread_.admit(client(1), 512), Verdict::answer);
  EXPECT_THAT(asked_, SizeIs(0));
}

TEST_F(AnUnreadAnswer, IsReadWhereTheBusDoesNotTell) {
  EXPECT_EQ(exhaust(client(1)), Verdict::ignore);
  tell(std::nullopt);
  EXPECT_EQ(unread_.admit(client(1), 512), Verdict::answer);
}

TEST_F(AnUnreadAnswer, MayBeAsLargeAsItIs) {
  EXPECT_EQ(unread_.admit(client(1), 10 * Unread::kMostOfClient), Verdict::answer);
  EXPECT_EQ(unread_.admit(client(1), 1), Verdict::refuse) << "until the bus has told";
  tell(0);
  EXPECT_EQ(unread_.admit(client(1), 1), Verdict::answer);
}

TEST_F(AnUnreadAnswer, CountsForTheOtherClientsOfAUserAndForNobodyElse) {
  for (int i = 1; i <= 9; ++i) (void)exhaust(client(i));
  EXPECT_EQ(unread_.admit(client(10), 512), Verdict::refuse);
  EXPECT_EQ(unread_.admit(client(11, 1001), 512), Verdict::answer);
  for (int i = 1; i <= 3; ++i) unread_.forget(client(i).name);
  EXPECT_EQ(unread_.admit(client(10), 512), Verdict::answer);
}

TEST_F(AnUnreadAnswer, OfAClientOfRootCountsForThatAlone) {
  for (int i = 1; i <= 20; ++i) EXPECT_EQ(exhaust(client(i, 0)), Verdict::ignore);
  EXPECT_EQ(unread_.admit(client(21, 0), 512), Verdict::answer);
}

TEST_F(AnUnreadAnswer, OfOneWhoIsGoneIsNobodysAnyMore) {
  EXPECT_EQ(exhaust(client(1)), Verdict::ignore);
  unread_.forget(client(1).name);
  tell(1'000'000);
  EXPECT_EQ(unread_.admit(client(1), 512), Verdict::answer);
}

}  // namespace
}  // namespace gpiobroker::bus
