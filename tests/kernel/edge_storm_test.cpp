// SPDX-License-Identifier: GPL-2.0-or-later
// As many edges as gpio-sim can make, for a client that reads all the time and one that seldom
// does.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include <gmock/gmock.h>

#include "harness/daemon_process.h"
#include "harness/environment.h"
#include "harness/eventually.h"
#include "harness/file_descriptor.h"
#include "harness/test_bus.h"
#include "kernel/edge_tally.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

constexpr std::uint32_t kLinesOfALease = 64;
constexpr std::uint32_t kLeases = 8;
constexpr std::uint32_t kLines = kLeases * kLinesOfALease;

/// Moves all pins of a chip at a time. gpio-sim tells of edges with the timer's tick: two on one
/// line between two ticks are one, or none.
class Shaker {
 public:
  explicit Shaker(const GpioSim& chip) {
    for (std::uint32_t line = 0; line < kLines; ++line) {
      pulls_.emplace_back(
          checked(open(chip.pull_file(core::Offset{line}).c_str(), O_WRONLY | O_CLOEXEC), "open"));
    }
  }

  void shake() {
    up_ = !up_;
    const char* const word = up_ ? "pull-up" : "pull-down";
    for (const FileDescriptor& pull : pulls_) {
      checked(static_cast<int>(pwrite(pull.get(), word, std::strlen(word), 0)), "pwrite");
    }
  }

 private:
  std::vector<FileDescriptor> pulls_;
  bool up_ = false;
};

/// What a client hears of all lines, a part for each lease.
using Tallies = std::vector<std::unique_ptr<EdgeTally>>;

class AStormOfEdges : public testing::Test {
 protected:
  AStormOfEdges() { daemon_.wait_until_ready(); }

  /// A client that has all lines, in several leases.
  [[nodiscard]] Tallies listen(Broker& broker, std::uint32_t buffer_size) {
    Tallies tallies;
    for (std::uint32_t first = 0; first < kLines; first += kLinesOfALease) {
      std::vector<std::string> lines;
      for (std::uint32_t i = 0; i < kLinesOfALease; ++i) {
        lines.push_back(chip_.chip_name() + ":" + std::to_string(first + i));
      }
      tallies.push_back(std::make_unique<EdgeTally>(broker, lines, buffer_size));
    }
    return tallies;
  }

  template <class Count>
  static std::uint64_t sum(const Tallies& tallies, Count count) {
    std::uint64_t sum = 0;
    for (const auto& tally : tallies) sum += ((*tally).*count)();
    return sum;
  }

  static void take(const Tallies& tallies) {
    for (const auto& tally : tallies) tally->take();
  }

  /// Everybody has heard of each edge, or that it is lost, at one moment: some come late.
  void settle_all(const std::vector<const Tallies*>& all) {
    EXPECT_TRUE(eventually([&] {
      for (const Tallies* each : all) take(*each);
      const std::uint64_t edges = eager_.status().edges;
      return std::ranges::all_of(all, [&](const Tallies* each) {
        return sum(*each, &EdgeTally::heard) + sum(*each, &EdgeTally::lost) == edges;
      });
    }));
  }

  void settle(const Tallies& tallies) {
    settle_all({&tallies});
    for (const auto& tally : tallies) tally->expect_no_edge_unaccounted();
  }

  GpioSim chip_{{.label = "shaken", .names = std::vector<std::string>(kLines)}};
  Shaker shaker_{chip_};
  TestBus bus_;
  DaemonProcess daemon_{{.arguments = {"--address", bus_.address()}}};
  Broker eager_{bus_.address()};
  Broker lazy_{bus_.address()};
};

TEST_F(AStormOfEdges, IsDeliveredInOrderOrCountedAsLostToTheUnit) {
  constexpr std::uint32_t kSmall = 100;  // less than a burst
  constexpr unsigned kSeldom = 50;
  const std::uint64_t edges = times(100'000);
  const auto eager = listen(eager_, 65536);
  const auto lazy = listen(lazy_, kSmall);
  for (unsigned round = 1; sum(eager, &EdgeTally::heard) < edges; ++round) {
    shaker_.shake();
    take(eager);
    if (round % kSeldom == 0) take(lazy);
  }
  settle_all({&eager, &lazy});
  for (std::size_t i = 0; i < kLeases; ++i) {
    eager[i]->expect_no_edge_unaccounted();
    lazy[i]->expect_as_many_edges_as(*eager[i]);
  }
  EXPECT_GT(sum(lazy, &EdgeTally::lost), 0U);
  const Status status = eager_.status();
  EXPECT_EQ(status.edges_lost, sum(eager, &EdgeTally::lost) + sum(lazy, &EdgeTally::lost));
  std::cout << status.edges << " edges; who reads heard of " << sum(eager, &EdgeTally::heard)
            << " and lost " << sum(eager, &EdgeTally::lost) << ", who does not heard of "
            << sum(lazy, &EdgeTally::heard) << " and lost " << sum(lazy, &EdgeTally::lost) << '\n';
}

/// The kernel keeps 1024 edges of a request, and drops the oldest for the next.
TEST_F(AStormOfEdges, IsCountedAlsoWhereTheKernelDroppedIt) {
  constexpr unsigned kRounds = 100;
  const auto tallies = listen(eager_, 65536);
  daemon_.process().stop();
  for (unsigned round = 0; round < kRounds; ++round) shaker_.shake();
  daemon_.process().go_on();
  settle(tallies);
  shaker_.shake();  // only the next edge of a line tells that others are missing before it
  EXPECT_TRUE(eventually([&] {
    take(tallies);
    return sum(tallies, &EdgeTally::lost) > 0;
  }));
  settle(tallies);
  EXPECT_EQ(eager_.status().edges_lost, sum(tallies, &EdgeTally::lost));
}

}  // namespace
}  // namespace gpiobroker::test
