// SPDX-License-Identifier: GPL-2.0-or-later
// The daemon, with sanitizers, among clients that say anything: it stays up, answers as promised,
// and keeps nothing of theirs.
//
// GPIOBROKER_FUZZ_SECONDS: for how long; without it a fixed number of clients.
// GPIOBROKER_FUZZ_SEED: of the first client.
// GPIOBROKER_FUZZ_WRAPPER: a program that runs the daemon, such as one that limits its memory.
#include <chrono>
#include <fstream>
#include <iostream>

#include "harness/broker_test.h"
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

class ALiveDaemon : private CoverageFile, public BrokerTest {
 protected:
  ALiveDaemon() : BrokerTest(wrapper(), kStrangeConfiguration, kStrangeChips) {
    lease_ = lease_in(bystander_.acquire({"EXP7"}, driven_high()));
  }

  void TearDown() override {
    BrokerTest::TearDown();
    const std::string log = daemon_.log();
    EXPECT_THAT(log, testing::Not(testing::HasSubstr("Sanitizer")));
    std::ifstream file(path());
    std::string coverage;
    std::getline(file, coverage);
    std::cout << "cov: " << coverage << "\nstat::number_of_executed_units: " << messages_ << '\n';
  }

  /// Runs a client to its end, whichever way that comes, and checks what it left behind.
  void withstand_client(unsigned seed) {
    SCOPED_TRACE("GPIOBROKER_FUZZ_SEED=" + std::to_string(seed));
    Pipe pipe;
    Process process({.command = {program_beside("gpiobroker-fuzz-client"), bus_.address(),
                                 std::to_string(seed), std::to_string(kMessages)},
                     .environment = {},
                     .user = client_user(),
                     .streams = {.in = -1, .out = pipe.writer.get(), .err = -1}});
    pipe.writer.close();
    const std::string name = LineReader(std::move(pipe.reader)).next().value_or("");
    const ProcessEnd end = process.wait();
    EXPECT_TRUE(end == exited(EXIT_SUCCESS) || end == killed_by(SIGKILL)) << end;
    ASSERT_FALSE(daemon_.process().has_ended());
    messages_ += kMessages;
    wait_for_goodbye(name);
    expect_nothing_left();
    expect_bystander_as_before();
  }

 private:
  /// What outlives its client by right is released by root, if its time is not over by then.
  void expect_nothing_left() {
    const Json objects = everything();
    for (const auto& [path, interfaces] : objects.items()) {
      if (!interfaces.contains(kLease) || path == lease_) continue;
      EXPECT_NE(interfaces.at(kLease).at("Lifetime"), "connection");
      EXPECT_THAT(observer_.release(path),
                  testing::AnyOf(Succeeded(), testing::Field(&Reply::error, kUnknownObject)));
    }
    for (unsigned i = 0; i < 54; ++i) EXPECT_TRUE(is_safe({kHeader, i})) << "offset " << i;
    for (unsigned i = 0; i < kBystanders; ++i) {
      EXPECT_TRUE(is_safe({kExpander, i})) << "offset " << i;
    }
  }

  /// Whatever others say of somebody, and of what is his.
  void expect_bystander_as_before() {
    EXPECT_TRUE(pin({kExpander, kBystanders}).driven);
    EXPECT_THAT(bystander_.set_values(lease_, {{"EXP7", 1}}), Succeeded());
  }

  static constexpr unsigned kBystanders = 7;

  ClientProcess bystander_ = client(kRoot);
  std::string lease_;

  unsigned long messages_ = 0;
};

TEST_F(ALiveDaemon, WithstandsAnyClient) {
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::seconds(number_in_environment("GPIOBROKER_FUZZ_SECONDS", 0));
  const unsigned first = number_in_environment("GPIOBROKER_FUZZ_SEED", 1);
  withstand_client(first);  // the first one has the daemon open what it keeps
  const auto open_files = daemon_.open_file_count();
  for (unsigned i = 1; i < kClients || std::chrono::steady_clock::now() < end; ++i) {
    withstand_client(first + i);
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_GT(leases_granted(), kClients) << "they asked for nothing that can be had";
  EXPECT_EQ(daemon_.open_file_count(), open_files);
}

}  // namespace
}  // namespace gpiobroker::test
