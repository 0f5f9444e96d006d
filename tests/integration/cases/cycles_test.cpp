// SPDX-License-Identifier: GPL-2.0-or-later
// A line that is leased and given back over and over: nothing of it adds up.
#include "harness/broker_test.h"
#include "harness/environment.h"

namespace gpiobroker::test {
namespace {

constexpr unsigned kOfAClient = 1000;
constexpr std::size_t kMebibyte = 1024UL * 1024;

class ABusyBroker : public BrokerTest {
 protected:
  /// So many clients, one after the other, of which each has the line a thousand times.
  void serve(unsigned clients) {
    for (unsigned i = 0; i < clients; ++i) {
      ClientProcess each = client();
      each.start_race("GPIO17", kOfAClient);
      EXPECT_EQ(each.end_of_race().at("refused"), 0);
      each.kill();
      wait_for_goodbye(each);
    }
  }
};

TEST_F(ABusyBroker, IsAsItWasAfterAnyNumberOfLeases) {
  const unsigned clients = times(4);
  serve(2);  // until buffers have the size that they need
  const std::size_t open_files = daemon_.open_file_count();
  const std::size_t resident_bytes = daemon_.resident_bytes();
  serve(clients);
  const unsigned long leases = leases_granted();
  EXPECT_EQ(leases, (2UL + clients) * kOfAClient);
  EXPECT_THAT(lease_paths(), testing::IsEmpty());
  EXPECT_EQ(daemon_.open_file_count(), open_files);
  const std::size_t resident_bytes_after = daemon_.resident_bytes();
  EXPECT_LT(resident_bytes_after, resident_bytes + kMebibyte);
  std::cout << leases << " leases; KiB: " << resident_bytes / 1024 << " before, "
            << resident_bytes_after / 1024 << " after\n";
}

}  // namespace
}  // namespace gpiobroker::test
