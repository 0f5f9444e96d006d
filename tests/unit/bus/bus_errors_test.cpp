// SPDX-License-Identifier: GPL-2.0-or-later
// What refusals and faults are called on the bus.
#include "bus/wire/errors.h"

#include <set>

#include <gmock/gmock.h>

namespace gpiobroker::bus {
namespace {

using core::Reason;
using testing::HasSubstr;
using testing::StartsWith;

constexpr int kReasons = static_cast<int>(Reason::hardware_failure) + 1;

TEST(AReason, HasAnErrorOfItsOwn) {
  std::set<std::string> names;
  for (int each = 0; each < kReasons; ++each) {
    const sdbus::Error error = to_error({static_cast<Reason>(each), "lines", "why"});
    EXPECT_THAT(error.getName(), StartsWith("org.gpiobroker1.Error."));
    EXPECT_EQ(error.getMessage(), "why");
    names.insert(error.getName());
  }
  EXPECT_EQ(names.size(), std::size_t{kReasons});
  EXPECT_FALSE(names.contains("org.gpiobroker1.Error.Internal"));
}

TEST(AFaultOfTheBroker, IsCalledOneAndSaysWhatItWas) {
  EXPECT_EQ(internal_error("map::at").getName(), "org.gpiobroker1.Error.Internal");
  EXPECT_THAT(internal_error("map::at").getMessage(), HasSubstr("map::at"));
}

TEST(TooManyCallsOfANewClient, HaveAnErrorOfTheirOwn) {
  EXPECT_EQ(std::string(too_many_calls().getName()), "org.gpiobroker1.Error.TooManyCalls");
}

}  // namespace
}  // namespace gpiobroker::bus
