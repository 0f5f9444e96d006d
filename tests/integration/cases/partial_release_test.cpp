// SPDX-License-Identifier: GPL-2.0-or-later
// Giving back some lines of a lease and keeping the others.
#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::IsEmpty;

constexpr Pin kGpio22{kHeader, 22};

class APartialRelease : public BrokerTest {
 protected:
  APartialRelease() : lease_(lease_in(client_.acquire(kAll, driven_high()))) {
    EXPECT_THAT(client_.set_values(lease_, {{"GPIO22", 0}}), Succeeded());
    EXPECT_THAT(client_.release(lease_, {"GPIO17"}), Succeeded());
  }

  void expect_the_others_to_be_as_they_were() {
    EXPECT_EQ(pin(kGpio27), (PinState{.driven = true, .high = true, .pull = Pull::up}));
    EXPECT_EQ(pin(kGpio22), (PinState{.driven = true, .high = false, .pull = Pull::up}));
    EXPECT_EQ(pin(kExp3), (PinState{.driven = true, .high = true, .pull = Pull::up}));
    EXPECT_EQ(properties(lease_, kLease).at("Lines"), Json::array({"GPIO22", "GPIO27", "EXP3"}));
  }

  const std::vector<std::string> kAll = {"GPIO17", "GPIO22", "GPIO27", "EXP3"};
  ClientProcess client_ = client();
  ClientProcess other_ = client();
  std::string lease_;
};

TEST_F(APartialRelease, ResetsWhatWasNamed) {
  EXPECT_TRUE(is_safe(kGpio17)) << pin(kGpio17);
  EXPECT_EQ(line("GPIO17").at("State"), "free");
  EXPECT_EQ(line("GPIO17").at("Lease"), "/");
}

TEST_F(APartialRelease, LeavesTheOthersAsTheyWere) {
  expect_the_others_to_be_as_they_were();
}

TEST_F(APartialRelease, LeavesTheOthersToTheirHolder) {
  EXPECT_THAT(client_.set_values(lease_, {{"GPIO27", 0}, {"GPIO22", 1}}), Succeeded());
  EXPECT_FALSE(pin(kGpio27).high);
  EXPECT_TRUE(pin(kGpio22).high);
  EXPECT_THAT(client_.get_values(lease_, {"GPIO17"}), RefusedFor("NotInLease"));
  EXPECT_THAT(client_.set_values(lease_, {{"GPIO17", 1}}), RefusedFor("NotInLease"));
}

TEST_F(APartialRelease, CanBeDoneTwice) {
  EXPECT_THAT(client_.release(lease_, {"GPIO17"}), Succeeded());
  expect_the_others_to_be_as_they_were();
}

TEST_F(APartialRelease, CanNameALineTwice) {
  EXPECT_THAT(client_.release(lease_, {"GPIO27", "J8:13"}), Succeeded());
  EXPECT_TRUE(is_safe(kGpio27));
  EXPECT_THAT(client_.release_lines({"GPIO22", "J8:15", "GPIO22", "GPIO27", "GPIO27"}),
              Succeeded());
  EXPECT_EQ(properties(lease_, kLease).at("Lines"), Json::array({"EXP3"}));
}

TEST_F(APartialRelease, LetsAnotherClientHaveTheLineAtOnce) {
  ASSERT_THAT(other_.acquire({"GPIO17"}, driven_high()), Succeeded());
  EXPECT_TRUE(pin(kGpio17).driven);
  expect_the_others_to_be_as_they_were();
}

TEST_F(APartialRelease, HasNoSayOverTheLineOnceAnotherClientHasIt) {
  ASSERT_THAT(other_.acquire({"GPIO17"}, driven_high()), Succeeded());
  EXPECT_THAT(client_.release(lease_, {"GPIO17"}), Succeeded());
  EXPECT_THAT(client_.release_lines({"GPIO17"}), Succeeded());
  EXPECT_EQ(line("GPIO17").at("State"), "leased");
  EXPECT_TRUE(pin(kGpio17).driven);
  client_.kill();
  wait_for_goodbye(client_);
  EXPECT_EQ(line("GPIO17").at("State"), "leased");
  EXPECT_TRUE(pin(kGpio17).driven);
}

TEST_F(APartialRelease, LetsTheSameClientHaveTheLineAgain) {
  const std::string again = lease_in(client_.acquire({"GPIO17"}, driven_high()));
  EXPECT_NE(again, lease_);
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_THAT(client_.release(lease_), Succeeded());
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_TRUE(is_safe(kGpio27)) << pin(kGpio27);
}

TEST_F(APartialRelease, RefusesALineThatWasNeverInTheLease) {
  EXPECT_THAT(client_.release(lease_, {"GPIO27", "GPIO4"}), RefusedFor("NotInLease"));
  expect_the_others_to_be_as_they_were();
}

TEST_F(APartialRelease, OfTheLastLineEndsTheLease) {
  EXPECT_THAT(client_.release(lease_, {"GPIO22", "GPIO27", "EXP3"}), Succeeded());
  EXPECT_THAT(lease_paths(), IsEmpty());
  for (const Pin each : {kGpio22, kGpio27, kExp3}) EXPECT_TRUE(is_safe(each)) << pin(each);
}

TEST_F(APartialRelease, IsCompletedByTheDeathOfTheClient) {
  client_.kill();
  wait_for_goodbye(client_);
  EXPECT_THAT(lease_paths(), IsEmpty());
  for (const Pin each : {kGpio17, kGpio22, kGpio27, kExp3}) {
    EXPECT_TRUE(is_safe(each)) << pin(each);
  }
}

TEST_F(APartialRelease, ByTheManagerTouchesOnlyLinesOfTheCaller) {
  ASSERT_THAT(other_.acquire({"GPIO4", "GPIO17"}, driven_high()), Succeeded());
  EXPECT_THAT(client_.release_lines({"GPIO4", "GPIO17", "EXP0", "EXP3"}), Succeeded());
  EXPECT_TRUE(is_safe(kExp3)) << pin(kExp3);
  EXPECT_TRUE(pin(kGpio17).driven);
  EXPECT_TRUE(pin({kHeader, 4}).driven);
  EXPECT_TRUE(pin(kGpio27).driven);
}

TEST_F(APartialRelease, ByTheManagerTakesLinesOutOfSeveralLeases) {
  ASSERT_THAT(client_.acquire({"GPIO4", "GPIO5"}, driven_high()), Succeeded());
  EXPECT_THAT(client_.release_lines({"GPIO4", "GPIO27"}), Succeeded());
  EXPECT_TRUE(is_safe({kHeader, 4}));
  EXPECT_TRUE(is_safe(kGpio27));
  EXPECT_TRUE(pin({kHeader, 5}).driven);
  EXPECT_TRUE(pin(kExp3).driven);
}

TEST_F(APartialRelease, ByTheManagerOfNothingNamedIsOfEverything) {
  ASSERT_THAT(client_.acquire({"GPIO4"}, driven_high()), Succeeded());
  ASSERT_THAT(other_.acquire({"GPIO5"}, driven_high()), Succeeded());
  EXPECT_THAT(client_.release_lines({}), Succeeded());
  EXPECT_THAT(client_.release_lines({}), Succeeded());
  EXPECT_EQ(lease_paths().size(), 1U);
  EXPECT_TRUE(pin({kHeader, 5}).driven);
  EXPECT_TRUE(is_safe({kHeader, 4}));
}

}  // namespace
}  // namespace gpiobroker::test
