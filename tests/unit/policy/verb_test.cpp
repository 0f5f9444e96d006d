// SPDX-License-Identifier: GPL-2.0-or-later
// The words for verbs, and the way back.
#include "core/policy/verb.h"

#include <gtest/gtest.h>

namespace gpiobroker::core {
namespace {

TEST(TheVerbs, ReadEachWordTheyWrite) {
  for (const char* word : {"read", "lease", "share", "observe", "persist", "direct", "time",
                           "revoke", "take-from-peripheral"}) {
    const auto verb = verb_from_word(word);
    ASSERT_TRUE(verb) << word;
    EXPECT_EQ(to_word(*verb), word);
  }
}

TEST(TheVerbs, ReadNoOtherWord) {
  for (const char* word : {"", "leese", "Lease", "lease "}) EXPECT_FALSE(verb_from_word(word));
}

TEST(TheVerbs, AreListedForMessages) {
  EXPECT_EQ(accepted_verbs(),
            "read, lease, share, observe, persist, direct, time, revoke, take-from-peripheral");
}

TEST(TheVerbs, TakeALineOrLeaveItToItsHolder) {
  for (const Verb verb :
       {Verb::lease, Verb::share, Verb::persist, Verb::time, Verb::take_from_peripheral}) {
    EXPECT_TRUE(takes_the_line(verb)) << to_word(verb);
  }
  for (const Verb verb : {Verb::read, Verb::observe, Verb::revoke}) {
    EXPECT_FALSE(takes_the_line(verb)) << to_word(verb);
  }
}

}  // namespace
}  // namespace gpiobroker::core
