// SPDX-License-Identifier: GPL-2.0-or-later
// Who guesses the number of a lease has nothing of it.
#include <limits>

#include "harness/broker_test.h"

namespace gpiobroker::test {
namespace {

using testing::ElementsAre;
using testing::Pair;

class AForger : public BrokerTest {
 protected:
  AForger() {
    // Number 1 is another's, number 2 was the forger's own.
    EXPECT_THAT(holder_.acquire({"GPIO17"}, driven_high()), Succeeded());
    EXPECT_THAT(forger_.release(lease_in(forger_.acquire({"GPIO27"}, driven_high()))), Succeeded());
  }

  /// In parts of two calls each that are fewer than the bus lets a client have unanswered: 128.
  void expect_nothing_of(std::uint64_t first, unsigned count) {
    constexpr unsigned kPart = 50;
    const Json before = everything();
    const std::size_t files = daemon_.open_file_count();
    for (unsigned done = 0; done < count; done += kPart) {
      ASSERT_THAT(forger_.guess_leases(first + done, kPart),
                  ElementsAre(Pair(kUnknownObject, kPart),
                              Pair(std::string(kErrors) + "NoSuchLease", kPart)));
    }
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(daemon_.open_file_count(), files);
    EXPECT_TRUE(pin(kGpio17).driven);
  }

  ClientProcess holder_ = client();
  ClientProcess forger_ = client();
};

TEST_F(AForger, HasNothingOfTenThousandLeases) {
  expect_nothing_of(0, 10'000);
}

TEST_F(AForger, HasNothingOfTheLastOnesThereCanBe) {
  constexpr unsigned kCount = 1000;
  expect_nothing_of(std::numeric_limits<std::uint64_t>::max() - kCount, kCount);
}

TEST_F(AForger, HasNothingOfOtherSpellings) {
  for (const char* number : {"01", "001", "1_", "_1", "18446744073709551617", "0x1"}) {
    const std::string lease = std::string("/org/gpiobroker1/leases/") + number;
    EXPECT_EQ(forger_.release(lease).error, kUnknownObject) << number;
    EXPECT_EQ(holder_.release(lease).error, kUnknownObject) << number;
  }
  EXPECT_TRUE(pin(kGpio17).driven);
}

}  // namespace
}  // namespace gpiobroker::test
