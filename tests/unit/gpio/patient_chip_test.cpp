// SPDX-License-Identifier: GPL-2.0-or-later
// A chip whose calls hang for as long as the test wants: what becomes of them, and of who waits.
#include <condition_variable>
#include <mutex>

#include <gmock/gmock.h>

#include "core/chip/reset.h"
#include "gpio/patient_chip.h"
#include "support/fake_chip.h"
#include "unit/refusals.h"

namespace gpiobroker::test {
namespace {

using core::Direction;
using core::Reason;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// A gate in front of a chip: shut, calls wait until it is opened.
class Gate {
 public:
  void shut() { set(false); }
  void open() { set(true); }

  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
    --waiting_;
  }

  void wait_for_somebody() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ > 0; });
  }

  /// What is behind it is no more.
  void end() {
    const std::lock_guard lock(mutex_);
    has_ended_ = true;
    changed_.notify_all();
  }
  void wait_for_end() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return has_ended_; });
  }

 private:
  void set(bool open) {
    const std::lock_guard lock(mutex_);
    is_open_ = open;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = true;
  bool has_ended_ = false;
  int waiting_ = 0;
};

class GatedRequest : public core::LineRequest {
 public:
  GatedRequest(std::shared_ptr<Gate> gate, std::unique_ptr<core::LineRequest> inner)
      : gate_(std::move(gate)), inner_(std::move(inner)) {}
  GatedRequest(const GatedRequest&) = delete;
  GatedRequest& operator=(const GatedRequest&) = delete;
  ~GatedRequest() override { gate_->pass(); }

  core::Result<void> configure(
      std::span<const core::LineWithSettings<core::Offset>> lines) override {
    gate_->pass();
    return inner_->configure(lines);
  }
  core::Result<std::vector<core::Value>> get(std::span<const core::Offset> offsets) override {
    gate_->pass();
    return inner_->get(offsets);
  }
  core::Result<void> set(std::span<const core::LineWithValue<core::Offset>> values) override {
    gate_->pass();
    return inner_->set(values);
  }
  core::Result<int> hand_out() override { return 7; }

 private:
  std::shared_ptr<Gate> gate_;
  std::unique_ptr<core::LineRequest> inner_;
};

class GatedChip : public core::Chip {
 public:
  GatedChip(std::shared_ptr<Gate> gate, std::unique_ptr<core::Chip> inner)
      : gate_(std::move(gate)), inner_(std::move(inner)) {}
  GatedChip(const GatedChip&) = delete;
  GatedChip& operator=(const GatedChip&) = delete;
  ~GatedChip() override { gate_->end(); }

  [[nodiscard]] const core::ChipInfo& info() const override { return inner_->info(); }
  [[nodiscard]] core::Result<core::LineInfo> line_info(core::Offset offset) const override {
    gate_->pass();
    return inner_->line_info(offset);
  }
  core::Result<std::unique_ptr<core::LineRequest>> request(std::span<const core::Offset> offsets,
                                                           std::string_view consumer) override {
    gate_->pass();
    auto request = inner_->request(offsets, consumer);
    if (!request) return request;
    return std::make_unique<GatedRequest>(gate_, std::move(*request));
  }
  [[nodiscard]] std::chrono::nanoseconds time() const override { return inner_->time(); }

 private:
  std::shared_ptr<Gate> gate_;
  std::unique_ptr<core::Chip> inner_;
};

/// Time stands still but for what the test lets pass: nothing is ever late by itself. A hanging
/// call is waited for not at all, any other for as long as it takes.
class AChipThatMayHang : public testing::Test {
 protected:
  ~AChipThatMayHang() override {
    answer();
    finish();
  }

  void hang() {
    gate_->shut();
    wait_ = milliseconds(0);
  }
  void answer() {
    gate_->open();
    wait_ = seconds(60);
  }
  /// Until all that it was asked for is done.
  void finish() const {
    if (calls_) calls_->wait(seconds(60));
  }

  std::unique_ptr<core::LineRequest> take() {
    return chip().request(std::vector{kExp0, kExp3}, "test").value();
  }
  static std::vector<core::LineWithSettings<core::Offset>> both(
      const core::LineSettings& settings) {
    return {{kExp0, settings}, {kExp3, settings}};
  }
  core::Chip& chip() { return *patient_; }
  [[nodiscard]] bool is_driven() const { return fake_.pin(kExp3).driven; }
  [[nodiscard]] bool is_taken() const { return fake_.line(kExp3).used; }

  static constexpr core::Offset kExp0{0};
  static constexpr core::Offset kExp3{3};
  const core::LineSettings kDriven{.direction = Direction::output, .value = core::Value::active};

  FakeChip fake_{expander_info()};
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
  milliseconds wait_{seconds(60)};
  core::Instant now_{seconds(1000)};
  int changes_ = 0;
  std::shared_ptr<gpio::Patience> patience_ = std::make_shared<gpio::Patience>(
      gpio::LoopTime(
          [this] {
            return gpio::WaitingLimits{wait_, seconds(1), seconds(4)};
          },
          [this] { return now_; }),
      [this] { ++changes_; });
  std::unique_ptr<gpio::PatientChip> patient_ = std::make_unique<gpio::PatientChip>(
      std::make_shared<GatedChip>(gate_, fake_.attachable()), patience_);
  std::shared_ptr<const gpio::PatientCalls> calls_ = patient_->calls();
};

TEST_F(AChipThatMayHang, IsAsAnyOtherAsLongAsItAnswers) {
  const auto request = take();
  EXPECT_THAT(request->configure(both(kDriven)), Succeeds());
  EXPECT_EQ(chip().line_info(kExp3).value().settings.direction, Direction::output);
  EXPECT_EQ(request->get(std::vector{kExp3}).value().front(), core::Value::active);
  EXPECT_THAT(
      request->set(std::vector{core::LineWithValue<core::Offset>{kExp3, core::Value::inactive}}),
      Succeeds());
  EXPECT_FALSE(fake_.pin(kExp3).high);
  EXPECT_FALSE(chip().is_slow());
  EXPECT_EQ(changes_, 0);
}

TEST_F(AChipThatMayHang, HasItsRefusalsAndClosedRequestsAsAnyOther) {
  auto request = take();
  EXPECT_THAT(chip().request(std::vector{kExp3}, "other"), RefusedFor(Reason::in_use));
  request.reset();
  EXPECT_FALSE(is_taken());
}

TEST_F(AChipThatMayHang, HasLookedAtLinesByTheTimeThatItHasMadeThemSafe) {
  const auto request = take();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), Succeeds());
  hang();
  EXPECT_EQ(chip().line_info(kExp3).value().settings, core::kSafeInput);
  EXPECT_THAT(chip().line_info(kExp3), RefusedFor(Reason::chip_slow));
}

TEST_F(AChipThatMayHang, IsAskedOfALineAnewOnceSomethingElseWasDone) {
  const auto request = take();
  EXPECT_TRUE(request->get(std::vector{kExp0}).has_value());
  hang();
  EXPECT_THAT(chip().line_info(kExp3), RefusedFor(Reason::chip_slow));
}

TEST_F(AChipThatMayHang, IsRefusedAtOnceWhileItHangsAndSaysWhy) {
  const auto request = take();
  hang();
  EXPECT_THAT(request->get(std::vector{kExp3}),
              RefusedFor(Reason::chip_slow, "chip gpiochip1 is slow: it has not answered in time"));
  EXPECT_TRUE(chip().is_slow());
  EXPECT_EQ(changes_, 1);
  now_ += milliseconds(3200);
  EXPECT_THAT(chip().line_info(kExp3),
              RefusedFor(Reason::chip_slow, "what was asked of it 3.2 s ago is not done yet"));
}

TEST_F(AChipThatMayHang, IsLeftAloneForAWhileAndLongerEachTime) {
  const auto request = take();
  for (const seconds pause : {seconds(1), seconds(2), seconds(4)}) {
    hang();
    EXPECT_THAT(request->get(std::vector{kExp3}), RefusedFor(Reason::chip_slow));
    answer();
    finish();
    now_ += pause - milliseconds(100);
    EXPECT_THAT(
        chip().line_info(kExp3),
        RefusedFor(Reason::chip_slow, "did not answer in time, and is left alone for 0.1 s"));
    now_ += milliseconds(100);
  }
}

TEST_F(AChipThatMayHang, IsWellOnceACallOfTheSameKindComesBackInTime) {
  const auto request = take();
  hang();
  EXPECT_THAT(request->get(std::vector{kExp3}), RefusedFor(Reason::chip_slow));
  answer();
  finish();
  now_ += seconds(1);
  EXPECT_THAT(chip().line_info(kExp3), Succeeds());
  EXPECT_TRUE(chip().is_slow()) << "which says nothing of the levels";
  EXPECT_THAT(request->get(std::vector{kExp3}), Succeeds());
  EXPECT_FALSE(chip().is_slow());
  EXPECT_EQ(changes_, 2);
}

TEST_F(AChipThatMayHang, GivesBackLinesThatItTookTooLateForWhoWantedThem) {
  hang();
  EXPECT_THAT(chip().request(std::vector{kExp3}, "test"), RefusedFor(Reason::chip_slow));
  answer();
  finish();
  EXPECT_FALSE(is_taken());
}

TEST_F(AChipThatMayHang, ClosesARequestInItsTurn) {
  auto request = take();
  hang();
  EXPECT_THAT(request->configure(both(kDriven)), RefusedFor(Reason::chip_slow));
  request.reset();
  EXPECT_TRUE(is_taken());
  answer();
  finish();
  EXPECT_FALSE(is_taken());
}

TEST_F(AChipThatMayHang, DoesNothingOfWhatIsRefusedAtOnce) {
  const auto request = take();
  hang();
  EXPECT_THAT(request->get(std::vector{kExp3}), RefusedFor(Reason::chip_slow));
  EXPECT_THAT(request->configure(both(kDriven)), RefusedFor(Reason::chip_slow));
  EXPECT_THAT(
      request->set(std::vector{core::LineWithValue<core::Offset>{kExp3, core::Value::active}}),
      RefusedFor(Reason::chip_slow));
  answer();
  finish();
  EXPECT_FALSE(is_driven());
}

TEST_F(AChipThatMayHang, IsMadeSafeAllTheSameOnceItAnswers) {
  const auto request = take();
  EXPECT_THAT(request->configure(both(kDriven)), Succeeds());
  hang();
  EXPECT_THAT(request->get(std::vector{kExp3}), RefusedFor(Reason::chip_slow));
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::chip_slow));
  answer();
  finish();
  EXPECT_FALSE(is_driven());
}

TEST_F(AChipThatMayHang, TellsWhoTriesAgainWhatCameOfIt) {
  const auto request = take();
  EXPECT_THAT(request->configure(both(kDriven)), Succeeds());
  hang();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::chip_slow));
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::chip_slow));
  answer();
  finish();
  const std::size_t calls = fake_.record().all().size();
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(request->secure(both(core::kSafeInput)), Succeeds());
    EXPECT_EQ(chip().line_info(kExp3).value().settings, core::kSafeInput);
  }
  EXPECT_EQ(fake_.record().all().size(), calls) << "and does nothing more for it";
}

TEST_F(AChipThatMayHang, TellsOnlyOnceWhatCameOfALineThatOthersMayConfigure) {
  const auto request = take();
  EXPECT_THAT(request->hand_out(), Succeeds());
  hang();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::chip_slow));
  answer();
  finish();
  now_ += seconds(1);
  EXPECT_THAT(request->secure(both(core::kSafeInput)), Succeeds());
  EXPECT_EQ(chip().line_info(kExp3).value().settings, core::kSafeInput);
  fake_.lie(kExp3, kDriven);
  EXPECT_EQ(chip().line_info(kExp3).value().settings, kDriven) << "by whoever has a duplicate";
}

TEST_F(AChipThatMayHang, DoesItAnewOnceSomethingElseWasDone) {
  const auto request = take();
  hang();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::chip_slow));
  answer();
  finish();
  now_ += seconds(1);
  EXPECT_THAT(request->configure(both(kDriven)), Succeeds());
  EXPECT_THAT(request->secure(both(core::kSafeInput)), Succeeds());
  EXPECT_FALSE(is_driven());
}

TEST_F(AChipThatMayHang, TellsOnceWhyItFailedAndThenTriesAnew) {
  const auto request = take();
  EXPECT_THAT(request->configure(both(kDriven)), Succeeds());
  fake_.faults().fail_line(Operation::configure, kExp3, Reason::hardware_failure);
  hang();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::chip_slow));
  answer();
  finish();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::hardware_failure));
  fake_.faults().mend();
  fake_.faults().mend_line(kExp3);
  now_ += seconds(1);
  EXPECT_THAT(request->secure(both(core::kSafeInput)), Succeeds());
  EXPECT_FALSE(is_driven());
}

TEST_F(AChipThatMayHang, IsNotBelievedToBeSafeWhereItSaysOtherwise) {
  const auto request = take();
  fake_.lie(kExp3, kDriven);
  hang();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::chip_slow));
  answer();
  finish();
  fake_.stop_lying();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::chip_slow));
  finish();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), Succeeds());
}

TEST_F(AChipThatMayHang, GoesAwayWithoutBeingWaitedFor) {
  auto request = take();
  EXPECT_THAT(request->configure(both(kDriven)), Succeeds());
  hang();
  EXPECT_THAT(request->secure(both(core::kSafeInput)), RefusedFor(Reason::chip_slow));
  gate_->wait_for_somebody();
  request.reset();
  calls_.reset();
  patient_.reset();
  EXPECT_TRUE(is_driven());
  answer();
  gate_->wait_for_end();
  EXPECT_FALSE(is_driven());
  EXPECT_FALSE(is_taken());
}

TEST_F(AChipThatMayHang, LetsAResetSucceedInTheEnd) {
  core::ChipSet chips;
  const core::ChipId id = chips.attach(std::move(patient_));
  core::HeldLines held(chips);
  const std::vector<core::LineId> lines{{id, kExp0}, {id, kExp3}};
  EXPECT_THAT(held.take(lines, "test"), Succeeds());
  EXPECT_THAT(held.configure(std::vector<core::LineWithSettings<core::LineId>>{
                  {lines[0], kDriven}, {lines[1], kDriven}}),
              Succeeds());
  hang();
  EXPECT_THAT(core::reset(held, {}, lines), testing::SizeIs(2));
  EXPECT_THAT(core::reset(held, {}, lines), testing::SizeIs(2));
  answer();
  finish();
  EXPECT_THAT(core::reset(held, {}, lines), testing::IsEmpty());
  EXPECT_FALSE(is_driven());
}

}  // namespace
}  // namespace gpiobroker::test
