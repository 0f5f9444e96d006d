// SPDX-License-Identifier: GPL-2.0-or-later
// Names that are collected, asked for, and answered or not.
#include "config/known_accounts.h"

#include <gmock/gmock.h>

#include "config/test_accounts.h"

namespace gpiobroker::test {
namespace {

using config::Account;
using config::KnownAccounts;

const Account kNone{};
const Account kNotYet{.id = {}, .doubt = "not yet"};

class NamesOfAConfiguration : public testing::Test {
 protected:
  NamesOfAConfiguration() {
    const config::Accounts accounts = accounts_in(wanted_, "not yet");
    for (const char* name : {"alice", "mallory", "-", "=7", ""}) (void)accounts.user(name);
    (void)accounts.group("gpio");
  }

  /// What another process writes of the questions.
  [[nodiscard]] std::string answers() const {
    const std::string questions = to_questions(wanted_);
    std::string text;
    for (std::string_view rest = questions; !rest.empty();) {
      text += config::answer(config::next_part(rest), test_accounts());
    }
    return text;
  }

  KnownAccounts wanted_;
};

TEST_F(NamesOfAConfiguration, AreInDoubtUntilTheyAreAnswered) {
  EXPECT_EQ(wanted_.users.at("alice"), kNotYet);
  EXPECT_FALSE(wanted_.complete());
}

TEST_F(NamesOfAConfiguration, AreKnownOnceTheyAreAnswered) {
  const KnownAccounts known = answered(wanted_, answers(), "no answer");
  EXPECT_EQ(known.users.at("alice"), Account{.id = 1000});
  EXPECT_EQ(known.groups.at("gpio"), Account{.id = 997});
  for (const char* name : {"mallory", "-", "=7", ""}) EXPECT_EQ(known.users.at(name), kNone);
  EXPECT_FALSE(known.complete());
}

TEST_F(NamesOfAConfiguration, StayInDoubtWhereAnAnswerIsCutOff) {
  const std::string all = answers();
  for (std::size_t size = 0; size < all.size(); ++size) {
    const KnownAccounts known = answered(wanted_, all.substr(0, size), "no answer");
    EXPECT_EQ(known.groups.at("gpio").doubt, "no answer") << size;
  }
}

TEST_F(NamesOfAConfiguration, StayInDoubtWhereAnAnswerIsNone) {
  for (const char* nonsense : {"=", "=x", "=99999999999", "=1 ", "1000", ""}) {
    const auto known = answered(wanted_, std::string(nonsense) + '\0', "no answer");
    EXPECT_EQ(known.users.at("").doubt, "no answer") << nonsense;
  }
}

TEST_F(NamesOfAConfiguration, AreWhatTheyWereWhereTheyAreInDoubt) {
  KnownAccounts now = wanted_;
  now.users["mallory"] = kNone;
  KnownAccounts before;
  before.users["alice"] = {.id = 1000};
  before.users["mallory"] = {.id = 1666};
  fill_in(now, before);
  EXPECT_EQ(now.users.at("alice"), Account{.id = 1000});
  EXPECT_EQ(now.users.at("mallory"), kNone) << "it is certain that there is none any more";
  EXPECT_EQ(now.groups.at("gpio"), kNotYet);
}

TEST_F(NamesOfAConfiguration, AreNotAskedForWhereThereCanBeNone) {
  KnownAccounts wanted;
  const std::string name("ro\0ot", 5);
  EXPECT_EQ(accounts_in(wanted, "not yet").user(name), kNone);
  EXPECT_TRUE(wanted.users.empty());
}

}  // namespace
}  // namespace gpiobroker::test
