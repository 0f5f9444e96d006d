// SPDX-License-Identifier: GPL-2.0-or-later
// Direct leases on a chip whose duplicates the test has: what a holder does at an awkward moment.
#include <functional>
#include <utility>

#include "unit/broker/broker_fixture.h"

namespace gpiobroker::test {
namespace {

using namespace std::chrono_literals;
using core::LineNews;

constexpr LineId kFirst{core::ChipId{2}, Offset{0}};
constexpr LineId kSecond{core::ChipId{2}, Offset{1}};

/// What the broker's end and the test's share.
struct Shared {
  std::shared_ptr<core::LineRequest> last;  ///< the duplicate of who was given one, or null
  std::function<void()> before_info = [] {};
  std::function<void()> before_close = [] {};
};

/// The broker's own descriptor of a request that lives as long as a duplicate of it.
class Original : public core::LineRequest {
 public:
  Original(std::shared_ptr<core::LineRequest> request, std::shared_ptr<Shared> shared)
      : request_(std::move(request)), shared_(std::move(shared)) {}
  ~Original() override {
    std::exchange(shared_->before_close, [] {})();
  }

  core::Result<void> configure(std::span<const core::LineWithSettings<Offset>> lines) override {
    return request_->configure(lines);
  }
  core::Result<std::vector<Value>> get(std::span<const Offset> offsets) override {
    return request_->get(offsets);
  }
  core::Result<void> set(std::span<const core::LineWithValue<Offset>> values) override {
    return request_->set(values);
  }
  core::Result<int> hand_out() override {
    shared_->last = request_;
    return 7;
  }

 private:
  std::shared_ptr<core::LineRequest> request_;
  std::shared_ptr<Shared> shared_;
};

class OpenableChip : public core::Chip {
 public:
  OpenableChip(std::unique_ptr<core::Chip> chip, std::shared_ptr<Shared> shared)
      : chip_(std::move(chip)), shared_(std::move(shared)) {}

  [[nodiscard]] const core::ChipInfo& info() const override { return chip_->info(); }
  [[nodiscard]] core::Result<core::LineInfo> line_info(Offset offset) const override {
    shared_->before_info();
    return chip_->line_info(offset);
  }
  core::Result<std::unique_ptr<core::LineRequest>> request(std::span<const Offset> offsets,
                                                           std::string_view consumer) override {
    auto request = chip_->request(offsets, consumer);
    if (!request) return request;
    return std::make_unique<Original>(std::move(*request), shared_);
  }
  [[nodiscard]] bool can_hand_out() const override { return true; }
  core::Result<void> watch_apart(Offset /*offset*/, bool /*apart*/) override { return {}; }
  [[nodiscard]] std::chrono::nanoseconds time() const override { return chip_->time(); }

 private:
  std::unique_ptr<core::Chip> chip_;
  std::shared_ptr<Shared> shared_;
};

class ALeaseThatIsOpened : public BrokerTest {
 protected:
  ALeaseThatIsOpened() {
    board_.attach(std::make_unique<OpenableChip>(chip_.attachable(), shared_));
    record_->forget();
  }

  LeaseId acquire_directly(const Specs& lines = {"ONE", "TWO"},
                           core::LifetimeKind lifetime = core::LifetimeKind::connection) {
    core::AcquireRequest request{.lines = {}, .consumer = "", .direct = true};
    for (const std::string& line : lines) request.lines.push_back({line, kHigh});
    request.lifetime = {.kind = lifetime, .ttl = 1h};
    return broker_.acquire(kAlice, request, kNow).value();
  }

  LeaseId open(const Client& opener, LeaseId lease) {
    EXPECT_THAT(broker_.direct().open(opener, lease), Succeeds());
    return lease;
  }

  /// The holder, or its child, configures a line past the broker.
  void configure_past_the_broker(LineId line, const LineSettings& settings) {
    std::vector<core::LineWithSettings<Offset>> all;
    for (const LineId each : {kFirst, kSecond}) {
      all.push_back({each.offset, each == line ? settings : LineSettings{}});
    }
    EXPECT_THAT(shared_->last->configure(all), Succeeds());
  }

  void at_the_next_but(int others, std::function<void()> does) {
    shared_->before_info = [others, does = std::move(does)]() mutable {
      if (others-- == 0) does();
    };
  }

  [[nodiscard]] bool is_driven(LineId line) const { return chip_.pin(line.offset).driven; }

  core::Change hear(LineId line, LineNews::What what, Instant now) {
    return broker_.direct().heard(line,
                                  {.offset = line.offset,
                                   .what = what,
                                   .time = std::chrono::nanoseconds::max(),
                                   .info = chip_.line(line.offset)},
                                  now);
  }

  FakeChip chip_{{.name = "gpiochip2", .label = "opened", .path = "", .line_count = 2},
                 record_,
                 {"ONE", "TWO"}};
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

TEST_F(ALeaseThatIsOpened, IsWaitedForWhenItIsOpenedAgainAfterItWasClosed) {
  const LeaseId lease = open(kAlice, acquire_directly());
  EXPECT_THAT(broker_.direct().let_go(kAlice, lease, kNow), Succeeds());
  open(kAlice, lease);
  EXPECT_THAT(broker_.revoke(kRoot, "ONE", "", kNow), Succeeds());
  EXPECT_TRUE(broker_.held().holds(kFirst)) << "its holder lives, and can be kept from driving it";
  configure_past_the_broker(kFirst, kHigh);
  hear(kFirst, LineNews::What::configured, kNow);
  EXPECT_FALSE(is_driven(kFirst));
}

TEST_F(ALeaseThatIsOpened, HasAllOfItsLinesHeldBackWhenOneIsDrivenAfterItWasGivenBack) {
  const LeaseId lease = open(kAlice, acquire_directly());
  // Two looks verify the reset; the third is the one before the descriptor is closed.
  at_the_next_but(2, [this] { configure_past_the_broker(kFirst, kHigh); });
  release(kAlice, lease);
  EXPECT_NE(broker_.quarantine().find(kFirst), nullptr);
  EXPECT_NE(broker_.quarantine().find(kSecond), nullptr);
  EXPECT_THAT(acquire(kBob, {"TWO"}, kInput), RefusedFor(Reason::quarantined));
}

TEST_F(ALeaseThatIsOpened, IsKeptUntilAllOfItsLinesWereQuiet) {
  open(kAlice, acquire_directly());
  broker_.goodbye(kAlice.name, kNow);
  broker_.direct().opener_gone(kAlice.name, kNow);
  configure_past_the_broker(kFirst, kHigh);
  hear(kFirst, LineNews::What::configured, kNow + 10ms);
  broker_.retry_resets(kNow + 20ms);
  EXPECT_TRUE(broker_.held().holds(kFirst)) << "somebody configured it 10 ms ago";
  broker_.retry_resets(kNow + 10ms + 2s);
  EXPECT_FALSE(broker_.held().holds(kFirst));
}

TEST_F(ALeaseThatIsOpened, IsSafeWhenItIsDrivenInTheVeryMomentBeforeTheEnd) {
  const LeaseId lease = open(kAlice, acquire_directly());
  shared_->before_close = [this] {
    configure_past_the_broker(kFirst, kHigh);
    shared_->last.reset();
  };
  release(kAlice, lease);
  EXPECT_FALSE(is_driven(kFirst));
}

TEST_F(ALeaseThatIsOpened, IsOpenedByAFewAtATime) {
  const LeaseId lease = acquire_directly({"ONE"}, core::LifetimeKind::ttl);
  Client other = kAlice;
  bool refused = false;
  for (int i = 0; i < 1000 && !refused; ++i) {
    other.name.value = ":2." + std::to_string(i);
    refused = !broker_.direct().open(other, lease).has_value();
  }
  EXPECT_TRUE(refused) << "a descriptor of the broker's each";
  EXPECT_THAT(broker_.direct().open(other, lease), RefusedFor(Reason::quota_exceeded));
}

TEST_F(ALeaseThatIsOpened, StaysWithWhoHasItWhileAnotherLineOfItIsStuck) {
  const LeaseId lease = open(kAlice, acquire_directly());
  EXPECT_THAT(broker_.direct().let_go(kAlice, lease, kNow), Succeeds());
  chip_.lie(kFirst.offset, kHigh);
  release(kAlice, lease, {"ONE"});
  ASSERT_NE(broker_.quarantine().find(kFirst), nullptr);
  chip_.stop_lying();
  hear(kFirst, LineNews::What::perhaps, kNow);
  EXPECT_TRUE(broker_.held().holds(kSecond));
}

TEST_F(ALeaseThatIsOpened, IsNotTakenForClosedByAnotherConnectionThanTheOneThatGaveItBack) {
  const LeaseId lease = open(kAlice, acquire_directly({"ONE"}, core::LifetimeKind::ttl));
  Client other = kAlice;
  other.name.value = ":1.8";
  release(other, lease);
  EXPECT_TRUE(broker_.held().holds(kFirst));
  EXPECT_THAT(broker_.direct().let_go(kAlice, lease, kNow), Succeeds());
}

TEST_F(ALeaseThatIsOpened, MayHaveALineThatIsParkedNoMoreWhenItIsOver) {
  core::SafeStates parked;
  parked.set(kFirst, {.park = true});
  EXPECT_THAT(broker_.parking().set_safe_states(parked, kNow), Succeeds());
  const LeaseId lease = open(kAlice, acquire_directly({"ONE"}));
  release(kAlice, lease);
  EXPECT_FALSE(broker_.held().holds(kFirst)) << "somebody has a duplicate";
  EXPECT_THAT(broker_.parking().set_safe_states({}, kNow), Succeeds());
}

TEST_F(ALeaseThatIsOpened, CountsLinesThatItsHolderGaveBackAndMayStillDrive) {
  core::Quotas quotas;
  quotas.user.lines = quotas.client.lines = 2;
  broker_.set_policy(core::Policy({.rules = {},
                                   .lines = {},
                                   .aliases = {},
                                   .quotas = quotas,
                                   .defaults = {.gpio_group = kGpioGroup}}));
  const LeaseId lease = open(kAlice, acquire_directly());
  release(kAlice, lease, {"TWO"});
  EXPECT_THAT(acquire(kAlice, {"GPIO17"}, kInput), RefusedFor(Reason::quota_exceeded));
}

TEST_F(ALeaseThatIsOpened, HasItsLinesParkedWhenTheyAreFree) {
  core::SafeStates parked;
  parked.set(kSecond, {.park = true});
  const LeaseId lease = open(kAlice, acquire_directly());
  release(kAlice, lease);
  const auto change = broker_.parking().set_safe_states(parked, kNow);
  EXPECT_THAT(change->park_failures, IsEmpty()) << "it is waited for";
  shared_->last.reset();
  EXPECT_THAT(broker_.parking().set_safe_states(parked, kNow), Succeeds());
  EXPECT_NE(broker_.quarantine().find(kSecond), nullptr);
  hear(kFirst, LineNews::What::released, kNow);
  hear(kSecond, LineNews::What::released, kNow);
  EXPECT_EQ(broker_.quarantine().find(kSecond), nullptr);
  EXPECT_TRUE(broker_.held().holds(kSecond));
}

TEST_F(ALeaseThatIsOpened, LeavesItsLinesToAnybodyWhereTheyAreParkedTogether) {
  const LeaseId lease = acquire_directly();
  core::SafeStates parked;
  for (const LineId line : {kFirst, kSecond}) parked.set(line, {.park = true});
  EXPECT_THAT(broker_.parking().set_safe_states(parked, kNow), Succeeds());
  release(kAlice, lease);
  EXPECT_THAT(acquire(kBob, {"ONE"}, kInput), Succeeds());
}

TEST_F(ALeaseThatIsOpened, KeepsTheLevelsOfItsHolderWhenItCannotBeReconfigured) {
  const LeaseId lease = open(kAlice, acquire_directly());
  const core::LineWithValue<Offset> low{kFirst.offset, Value::inactive};
  EXPECT_THAT(shared_->last->set(std::span(&low, 1)), Succeeds());
  chip_.faults().refuse_edges(kFirst.offset);
  const core::SettingsChange wanted{.direction = core::Direction::input, .edge = core::Edge::both};
  EXPECT_THAT(access_.reconfigure(kAlice, lease, {{"ONE"}, wanted}, kNow),
              RefusedFor(Reason::unsupported));
  EXPECT_FALSE(chip_.pin(kFirst.offset).high);
}

}  // namespace
}  // namespace gpiobroker::test
