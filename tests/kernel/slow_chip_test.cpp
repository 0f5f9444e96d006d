// SPDX-License-Identifier: GPL-2.0-or-later
// A chip that takes seconds a call, beside one that is healthy: nobody but its own clients notices.
#include <csignal>

#include "harness/broker_test.h"
#include "kernel/beating_client.h"
#include "kernel/kernel_view.h"
#include "kernel/shared_faults.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;

struct Sickness {
  unsigned milliseconds;
  bool per_line;
};

class WithSicknesses {
 protected:
  Faults faults_;
};

constexpr std::chrono::minutes kLong{3};

class ASickChip : protected WithSicknesses,
                  public BrokerTest,
                  public testing::WithParamInterface<Sickness> {
 protected:
  ASickChip() : BrokerTest(faults_.wrapper()) {}

  static std::vector<std::string> all_lines() {
    std::vector<std::string> names;
    for (int i = 0; i < 8; ++i) names.push_back("EXP" + std::to_string(i));
    return names;
  }

  void fall_sick() {
    faults_.make_sick(board_->chip_name(kExpander), GetParam().milliseconds, GetParam().per_line);
  }

  [[nodiscard]] bool any_driven() const {
    for (unsigned offset = 0; offset < 8; ++offset) {
      if (is_driven(*board_, {kExpander, offset})) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_quarantine_empty() {
    return properties(kManagerPath, kManager).at("QuarantinedLines").empty();
  }

  [[nodiscard]] bool is_logged(const std::string& words) const {
    return daemon_.log().find(words) != std::string::npos;
  }
};

TEST_P(ASickChip, CostsNobodyElseAnythingAndItsOwnLinesBecomeSafe) {
  using Clock = std::chrono::steady_clock;
  const auto seconds_since = [](Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  BeatingClient beating(bus_.address(), client_user(), "GPIO17");
  ClientProcess its_own = client();
  ASSERT_THAT(its_own.acquire(all_lines(), driven_high()), Succeeded());
  ClientProcess healthy = client();
  ASSERT_THAT(healthy.acquire({"GPIO27"}, driven_high()), Succeeded());
  fall_sick();

  ClientProcess stranger = client(kSomebodyElse);
  stranger.send(on_manager("ReadLines", "as", {all_lines()}));
  its_own.kill();
  healthy.kill();
  const auto killed = Clock::now();
  EXPECT_TRUE(eventually([this] { return !is_driven(*board_, kGpio27); }));
  std::cout << "the healthy chip's line: safe after " << seconds_since(killed) << " s\n";
  EXPECT_TRUE(eventually([this] { return !any_driven(); }, kLong));
  std::cout << "the sick chip's lines: safe after " << seconds_since(killed) << " s\n";
  EXPECT_TRUE(eventually([this] { return is_quarantine_empty(); }, kLong));
  std::cout << "and known to be so after " << seconds_since(killed) << " s\n";
  EXPECT_EQ(beating.end(), "");
  EXPECT_TRUE(is_logged("(gpio-expander) is slow: "));
  faults_.heal();
}

TEST_P(ASickChip, KeepsItsLeasesAndSaysWhyItRefuses) {
  ClientProcess client = this->client();
  const std::string lease = lease_in(client.acquire({"EXP3"}, driven_high()));
  fall_sick();
  EXPECT_EQ(client.set_values(lease, {{"EXP3", 0}}).error, "org.gpiobroker1.Error.ChipSlow");
  const Reply refused = client.get_values(lease);
  EXPECT_EQ(refused.error, "org.gpiobroker1.Error.ChipSlow");
  EXPECT_THAT(refused.message, HasSubstr("is slow: "));
  EXPECT_TRUE(eventually([this] {
    const Json problems = properties(kManagerPath, kManager).at("Problems");
    return problems.dump().find("(gpio-expander) is slow") != std::string::npos;
  }));
  faults_.heal();
  EXPECT_TRUE(eventually([&] { return client.set_values(lease, {{"EXP3", 0}}).error.empty(); }));
  EXPECT_TRUE(eventually([this] { return is_logged("answers in time again"); }));
  EXPECT_EQ(properties(kManagerPath, kManager).at("Problems"), Json::array());
}

std::string name_of_sickness(const testing::TestParamInfo<Sickness>& each) {
  return "Of" + std::to_string(each.param.milliseconds / 1000) + "Seconds" +
         (each.param.per_line ? "ALine" : "ACall");
}

INSTANTIATE_TEST_SUITE_P(Seconds, ASickChip,
                         testing::Values(Sickness{1000, false}, Sickness{3000, false},
                                         Sickness{1000, true}),
                         name_of_sickness);

}  // namespace
}  // namespace gpiobroker::test
