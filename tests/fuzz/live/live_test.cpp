// SPDX-License-Identifier: GPL-2.0-or-later
// The daemon among clients that say anything: it stays up, answers as promised, keeps nothing of
// theirs, and serves others meanwhile.
//
// GPIOBROKER_FUZZ_SECONDS: for how long; without it a fixed number of clients.
// GPIOBROKER_FUZZ_SEED: of the first client.
// GPIOBROKER_FUZZ_WRAPPER: a program that runs the daemon, such as one that limits its memory.
// GPIOBROKER_FUZZ_LARGEST: the largest message, in bytes; without it there are no large ones.
// GPIOBROKER_FUZZ_BOUND_MS: how long a call of somebody else may take; without it, any time.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <limits>

#include "fuzz/live/bystander.h"
#include "fuzz/live/memory_use.h"
#include "harness/environment.h"

namespace gpiobroker::test {
namespace {

constexpr unsigned kClients = 12;    // in a run without a time
constexpr unsigned kMessages = 500;  // of each client

/// Names that mean something else, or nothing, of chips and in the configuration.
const std::vector<std::string> kStrangeChips{"4:T\xfcr", "4:\xff",   "2:*",    "2:gpiochip0",
                                             "2:[mmc]",  "1:GPIO17", "1:a\nb", "1:gpiochip0:17"};
constexpr const char* kStrangeConfiguration = R"({
    "aliases": {"odd": "gpiochip2:1", "%s%n{}": "GPIO22", "GPIO99": "label::[mmc]:1"},
    "rules": [{"name": "\ufffe %s%n {}", "verbs": ["lease", "share", "persist"], "allow": true}],
    "lines": [{"match": ["gpiochip2:3"], "protected": "\u00e4\u001b[31m\n\ufdd0"}],
    "quotas": {"user": {"leases": "unlimited", "lines": "unlimited",
                        "calls-per-second": "unlimited"},
               "client": {"leases": "unlimited", "lines": "unlimited",
                          "calls-per-second": "unlimited"}}})";

/// All as it is without a configuration, but for the bystander, who is not root.
constexpr const char* kOneMayLease = R"({
    "rules": [{"name": "the bystander", "users": [1], "verbs": ["lease"], "allow": true}]})";

std::vector<std::string> wrapper() {
  const char* given = std::getenv("GPIOBROKER_FUZZ_WRAPPER");
  return given == nullptr ? std::vector<std::string>() : std::vector<std::string>{given};
}

/// Where the daemon says at its end how much of it was reached. There before the daemon is.
struct CoverageFile {
  CoverageFile() { setenv("GPIOBROKER_FUZZ_COVERAGE", path().c_str(), 1); }

  [[nodiscard]] std::string path() const { return folder_.file("coverage"); }

  TemporaryFolder folder_;
};

/// A client of the fuzzer, which says its bus name first.
class FuzzClient {
 public:
  FuzzClient(const std::string& bus_address, unsigned seed, uid_t user, unsigned largest)
      : process_(
            {.command = {program_beside("gpiobroker-fuzz-client"), bus_address,
                         std::to_string(seed), std::to_string(kMessages), std::to_string(largest)},
             .environment = {},
             .user = user,
             .streams = {.in = -1, .out = pipe_.writer.get(), .err = -1}}) {
    pipe_.writer.close();
  }

  [[nodiscard]] bool has_ended() { return process_.has_ended(); }

  /// Once it has ended.
  ProcessEnd end() { return process_.wait(); }
  std::string name() { return LineReader(std::move(pipe_.reader)).next().value_or(""); }

 private:
  Pipe pipe_;
  Process process_;
};

class DaemonAmongFuzzClients : private CoverageFile, public BrokerTest {
 protected:
  explicit DaemonAmongFuzzClients(const char* configuration)
      : BrokerTest(wrapper(), configuration, kStrangeChips) {}

  void TearDown() override {
    std::cout << "stat::number_of_executed_units: " << messages_ << "\nmessages: " << messages_
              << " of " << messages_ / kMessages << " clients\n";
    bystander_.report(std::cout);
    fuzz::report_memory_use(std::cout, daemon_.process().pid());
    BrokerTest::TearDown();
    const std::string log = daemon_.log();
    EXPECT_THAT(log, testing::Not(testing::HasSubstr("Sanitizer")));
    std::ifstream file(path());
    std::string coverage;
    std::getline(file, coverage);
    if (!coverage.empty()) std::cout << "cov: " << coverage << '\n';
  }

  /// Runs so many clients at a time for as long as is wanted.
  void withstand(unsigned at_once) {
    const unsigned first = number_in_environment("GPIOBROKER_FUZZ_SEED", 1);
    withstand_clients(first, 1);  // the first one has the daemon open what it keeps
    const auto open_files = daemon_.open_file_count();
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::seconds(number_in_environment("GPIOBROKER_FUZZ_SECONDS", 0));
    for (unsigned i = 1; i < kClients || std::chrono::steady_clock::now() < end; i += at_once) {
      withstand_clients(first + i, at_once);
      ASSERT_FALSE(HasFailure());
    }
    EXPECT_EQ(daemon_.open_file_count(), open_files);
    EXPECT_LE(bystander_.slowest().count(), gpiobroker::bench::Microseconds(bound()).count())
        << "us";
  }

  fuzz::Bystander bystander_{bus_.address(), kSomebodyElse};

 private:
  /// Runs clients to their ends, whichever way those come, and checks what they left behind.
  void withstand_clients(unsigned first_seed, unsigned count) {
    SCOPED_TRACE("GPIOBROKER_FUZZ_SEED=" + std::to_string(first_seed));
    const unsigned largest = number_in_environment("GPIOBROKER_FUZZ_LARGEST", 0);
    std::vector<std::unique_ptr<FuzzClient>> clients;
    for (unsigned i = 0; i < count; ++i) {
      // Large messages of one at a time, or the machine would need much memory for the clients.
      clients.push_back(std::make_unique<FuzzClient>(bus_.address(), first_seed + i, client_user(),
                                                     i == 0 ? largest : 0));
    }
    bystander_works_until_the_end_of(clients, first_seed);
    for (const auto& each : clients) {
      const ProcessEnd end = each->end();
      EXPECT_TRUE(end == exited(EXIT_SUCCESS) || end == killed_by(SIGKILL)) << end;
      ASSERT_FALSE(daemon_.process().has_ended());
      messages_ += kMessages;
      wait_for_goodbye(each->name());
    }
    expect_nothing_left();
    expect_bystander_as_before();
  }

  /// He is not as busy as the clients are: most of the time is theirs.
  void bystander_works_until_the_end_of(const std::vector<std::unique_ptr<FuzzClient>>& clients,
                                        unsigned seed) {
    constexpr std::chrono::milliseconds kPause{10};
    constexpr std::chrono::minutes kLongest{5};
    const auto deadline = std::chrono::steady_clock::now() + kLongest;
    while (!std::ranges::all_of(clients, [](const auto& each) { return each->has_ended(); })) {
      if (HasFailure() || std::chrono::steady_clock::now() > deadline) return;
      const auto time = bystander_.work();
      if (time > bound())
        std::cout << "a call took " << time.count() / 1000 << " ms, clients from seed " << seed
                  << '\n';
      std::this_thread::sleep_for(kPause);
    }
  }

  /// What outlives its client by right is released by root, if its time is not over by then.
  void expect_nothing_left() {
    const Json objects = everything();
    for (const auto& [path, interfaces] : objects.items()) {
      if (!interfaces.contains(kLease) || bystander_.has(path)) continue;
      EXPECT_NE(interfaces.at(kLease).at("Lifetime"), "connection");
      EXPECT_THAT(observer_.release(path),
                  testing::AnyOf(Succeeded(), testing::Field(&Reply::error, kUnknownObject)));
    }
    for (unsigned i = 0; i < 54; ++i) EXPECT_TRUE(is_safe({kHeader, i})) << "offset " << i;
    for (const unsigned i : {0U, 2U, 3U, 4U, 5U, 6U}) {
      EXPECT_TRUE(is_safe({kExpander, i})) << "offset " << i;
    }
  }

  /// Whatever others say of somebody, and of what is his.
  void expect_bystander_as_before() {
    EXPECT_TRUE(pin({kExpander, 7}).driven);
    bystander_.work();
  }

  static std::chrono::milliseconds bound() {
    constexpr unsigned kNone = std::numeric_limits<unsigned>::max();
    return std::chrono::milliseconds(number_in_environment("GPIOBROKER_FUZZ_BOUND_MS", kNone));
  }

  unsigned long messages_ = 0;
};

/// Everybody may lease, without limits, so that much is reached.
class ALiveDaemon : public DaemonAmongFuzzClients {
 protected:
  ALiveDaemon() : DaemonAmongFuzzClients(kStrangeConfiguration) {}
};

TEST_F(ALiveDaemon, WithstandsAnyClient) {
  withstand(1);
  EXPECT_GT(leases_granted(), bystander_.leases_taken() + kClients)
      << "they asked for nothing that can be had";
}

class ADaemonAsItIsShipped : public DaemonAmongFuzzClients {
 protected:
  ADaemonAsItIsShipped() : DaemonAmongFuzzClients(kOneMayLease) {}
};

TEST_F(ADaemonAsItIsShipped, WithstandsSeveralClientsOfAUserWithoutRights) {
  constexpr unsigned kAtOnce = 4;
  withstand(kAtOnce);
}

}  // namespace
}  // namespace gpiobroker::test
