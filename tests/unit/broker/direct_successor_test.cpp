// SPDX-License-Identifier: GPL-2.0-or-later
// What a broker makes of lines that an earlier one had handed out.
#include "core/broker/startup_sweep.h"

#include "unit/broker/direct_fixture.h"

namespace gpiobroker::test {
namespace {

/// Comes after a broker that was killed while GPIO17, GPIO27 and EXP3 were leased directly.
class ASuccessor : public testing::Test {
 protected:
  ASuccessor() {
    Life life(*this);
    core::AcquireRequest request;
    for (const char* line : {"GPIO17", "GPIO27", "EXP3"}) request.lines.push_back({line, kHigh});
    request.direct = true;
    const LeaseId id = life.broker.acquire(kAlice, request, kNow).value();
    EXPECT_THAT(life.broker.direct().open(kAlice, id), Succeeds());
    own_ = pi_.duplicate(kGpio17.offset);
  }

  struct Life {
    explicit Life(ASuccessor& test) : broker(board, test.ledger_, test.ledger_.written) {
      board.attach(test.pi_.attachable());
      board.attach(test.expander_.attachable());
      broker.set_policy(default_policy());
    }
    core::Board board;
    core::Broker broker;
  };

  core::Broker& start() {
    life_.emplace(*this);
    core::SafeStates left;
    for (const auto& [line, state] : ledger_.written.lines) left.set(line, state);
    (void)life_->broker.startup_sweep().sweep(left, kNow);
    return life_->broker;
  }

  core::Change hear() { return life_->broker.outside().read(kGpio17.chip, kNow); }

  [[nodiscard]] bool is_safe(LineId line) {
    const core::PinState pin = (line.chip == kExp3.chip ? expander_ : pi_).pin(line.offset);
    return !pin.driven && pin.pull == core::Bias::disabled;
  }

  std::shared_ptr<FakeRecord> record_ = std::make_shared<FakeRecord>();
  FakeLedger ledger_{record_};
  FakeChip pi_{raspberry_pi_info(), record_};
  FakeChip expander_{expander_info(), record_};
  std::optional<FakeDuplicate> own_;
  std::optional<Life> life_;
};

TEST_F(ASuccessor, ResetsTheLinesThatNobodyHasKept) {
  own_->close();
  start();
  for (const LineId line : {kGpio17, kGpio27, kExp3}) EXPECT_TRUE(is_safe(line));
  EXPECT_THAT(ledger_.written.lines, IsEmpty());
  EXPECT_THAT(ledger_.written.handed_out, IsEmpty());
}

TEST_F(ASuccessor, WaitsForThoseWhoHaveKeptADuplicate) {
  core::Broker& broker = start();
  EXPECT_TRUE(is_safe(kExp3));
  for (const LineId line : {kGpio17, kGpio27}) {
    ASSERT_NE(broker.quarantine().find(line), nullptr);
    EXPECT_EQ(broker.quarantine().find(line)->cause, core::Quarantine::Cause::duplicate);
    EXPECT_TRUE(broker.direct().concerns(line));
  }
  EXPECT_THAT(ledger_.written.handed_out, ElementsAre(kGpio17, kGpio27));
  core::AcquireRequest request;
  request.lines.push_back({"GPIO27", kHigh});
  EXPECT_THAT(broker.acquire(kBob, request, kNow), RefusedFor(Reason::quarantined));
}

TEST_F(ASuccessor, ResetsALineWhenTheKernelTellsThatItIsReleased) {
  core::Broker& broker = start();
  EXPECT_THAT(own_->set(kGpio17.offset, Value::active), Succeeds());
  own_->close();
  EXPECT_THAT(hear().recovered, ElementsAre(kGpio17, kGpio27));
  EXPECT_TRUE(is_safe(kGpio17) && is_safe(kGpio27));
  EXPECT_THAT(ledger_.written.lines, IsEmpty());
  EXPECT_THAT(broker.quarantine().all(), testing::IsEmpty());
  EXPECT_FALSE(pi_.is_watched_apart(kGpio17.offset));
}

TEST_F(ASuccessor, LooksAgainWhereTheKernelDoesNotTell) {
  core::Broker& broker = start();
  own_->close();
  (void)life_->board.chips().at(kGpio17.chip).read_news();
  EXPECT_THAT(broker.retry_resets(kNow + std::chrono::minutes(1)).recovered,
              ElementsAre(kGpio17, kGpio27));
  EXPECT_TRUE(is_safe(kGpio17) && is_safe(kGpio27));
}

TEST_F(ASuccessor, IsFollowedByAnotherThatWaitsAsWell) {
  start();
  life_.reset();
  core::Broker& broker = start();
  EXPECT_NE(broker.quarantine().find(kGpio17), nullptr);
  own_->close();
  hear();
  EXPECT_TRUE(is_safe(kGpio17));
}

}  // namespace
}  // namespace gpiobroker::test
