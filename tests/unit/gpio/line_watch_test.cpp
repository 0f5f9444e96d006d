// SPDX-License-Identifier: GPL-2.0-or-later
// What is heard of the lines of a chip, on queues that a test fills.
#include "gpio/line_watch.h"

#include <deque>
#include <set>

#include <gmock/gmock.h>

#include "support/fake_loop.h"
#include "unit/refusals.h"

namespace gpiobroker::test {
namespace {

using core::LineInfo;
using core::LineNews;
using core::Offset;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using What = LineNews::What;

constexpr Offset kFirstLine{0};
constexpr Offset kLine7{7};
constexpr Offset kLastLine{39};
constexpr std::uint32_t kWatchedLines = 40;

LineInfo used_by(const std::string& consumer) {
  return {.name = "", .used = true, .consumer = consumer, .settings = {}};
}

/// All queues of a chip, and what the kernel says of its lines.
struct FakeKernel {
  /// Somebody does something to a line.
  void make(Offset line, What what, milliseconds time, const LineInfo& info) {
    lines[line] = info;
    for (auto& [fd, watched] : watches) {
      if (!watched.contains(line) || events[fd].size() >= gpio::kInfoQueueRoom) continue;
      events[fd].push_back({line, what, time, info});
    }
  }

  std::map<int, std::set<Offset>> watches;  // by the queue's descriptor
  std::map<int, std::deque<LineNews>> events;
  std::map<Offset, LineInfo> lines;
};

class FakeInfoQueue : public gpio::InfoQueue {
 public:
  FakeInfoQueue(FakeKernel& kernel, int fd) : kernel_(kernel), fd_(fd) {}

  [[nodiscard]] int fd() const override { return fd_; }
  void watch(Offset line, bool on) override {
    on ? static_cast<void>(kernel_.watches[fd_].insert(line))
       : static_cast<void>(kernel_.watches[fd_].erase(line));
  }
  [[nodiscard]] std::vector<LineNews> read() override {
    auto& events = kernel_.events[fd_];
    std::vector<LineNews> all(events.begin(), events.end());
    events.clear();
    return all;
  }

 private:
  FakeKernel& kernel_;
  int fd_;
};

class ALineWatch : public testing::Test {
 protected:
  ALineWatch() {
    watch_->start([this] { ++ready_; })();
  }

  static constexpr milliseconds kNow{10000};

  core::Result<std::shared_ptr<gpio::InfoQueue>> open() {
    return std::make_shared<FakeInfoQueue>(kernel_, first_fd_ - static_cast<int>(opened_++));
  }

  std::vector<LineNews> read(milliseconds now = kNow) {
    return watch_->read(
        [this](const auto& lines) -> core::Result<std::vector<LineInfo>> {
          ++asked_;
          if (is_slow_) return core::refuse(core::Reason::chip_slow, "lines", "slow");
          std::vector<LineInfo> infos;
          for (const Offset line : lines) infos.push_back(kernel_.lines[line]);
          return infos;
        },
        now);
  }

  /// What was heard of each line, in words.
  std::vector<std::string> heard(milliseconds now = kNow) {
    std::vector<std::string> words;
    for (const LineNews& news : read(now)) {
      constexpr std::array kWords{"requested", "released", "configured", "perhaps"};
      words.push_back(std::to_string(news.offset.value) + " " +
                      kWords.at(static_cast<std::size_t>(news.what)));
    }
    return words;
  }

  /// Fills the queue of the first lines, so that what follows is lost.
  void fill_up(Offset with) {
    for (std::size_t i = 0; i < gpio::kInfoQueueRoom / 2; ++i) {
      kernel_.make(with, What::requested, kNow, used_by("loop"));
      kernel_.make(with, What::released, kNow, {});
    }
  }

  gpio::OwnHolds::Id hold(Offset line, milliseconds time) {
    const auto id = holds_->begin(std::span(&line, 1), time);
    kernel_.make(line, What::requested, time, used_by("gpiobroker"));
    holds_->taken(id, time);
    return id;
  }

  void close(gpio::OwnHolds::Id id, Offset line, milliseconds time) {
    holds_->closing(id, time);
    kernel_.make(line, What::released, time, {});
    holds_->closed(id, time);
  }

  FakeKernel kernel_;
  FakeLoop loop_;
  std::shared_ptr<gpio::OwnHolds> holds_ = std::make_shared<gpio::OwnHolds>();
  int first_fd_ = -10;  // no descriptors: poll() passes such over
  unsigned opened_ = 0;
  int ready_ = 0;
  int asked_ = 0;
  bool is_slow_ = false;
  std::unique_ptr<gpio::LineWatch> watch_ = std::move(
      gpio::LineWatch::make({.loop = loop_, .open = [this] { return open(); }, .holds = holds_},
                            kWatchedLines)
          .value());
};

TEST_F(ALineWatch, CallsWhenThereIsSomethingToRead) {
  EXPECT_EQ(ready_, 0);
  loop_.call(first_fd_);
  EXPECT_EQ(ready_, 1);
}

TEST_F(ALineWatch, HearsWhatOthersDoToAnyLine) {
  kernel_.make(kFirstLine, What::requested, kNow, used_by("script"));
  kernel_.make(kLastLine, What::requested, kNow, used_by("script"));
  kernel_.make(kLastLine, What::configured, kNow, used_by("script"));
  kernel_.make(kLastLine, What::released, kNow, {});
  EXPECT_THAT(heard(), ElementsAre("0 requested", "39 requested", "39 configured", "39 released"));
  EXPECT_THAT(heard(), IsEmpty());
  EXPECT_EQ(asked_, 0);
}

TEST_F(ALineWatch, TellsWhatTheLineWasLikeThen) {
  kernel_.make(kLine7, What::requested, kNow, used_by("script"));
  EXPECT_THAT(read(), ElementsAre(LineNews{kLine7, What::requested, kNow, used_by("script")}));
}

TEST_F(ALineWatch, DoesNotHearWhatTheBrokerDoes) {
  const auto id = hold(kLine7, milliseconds(10));
  kernel_.make(kLine7, What::configured, milliseconds(15), used_by("gpiobroker"));
  EXPECT_THAT(heard(), IsEmpty());
  close(id, kLine7, milliseconds(20));
  EXPECT_THAT(heard(), IsEmpty());
  EXPECT_EQ(asked_, 0);
}

TEST_F(ALineWatch, LeavesOutWhatARefusedRequestOfTheBrokersTakesAndGivesBack) {
  kernel_.make(kLine7, What::requested, milliseconds(1), used_by("script"));
  kernel_.make(kLine7, What::released, milliseconds(2), {});
  (void)read();
  const auto id = holds_->begin(std::span(&kLine7, 1), milliseconds(10));
  kernel_.make(kLine7, What::requested, milliseconds(11), used_by("gpiobroker"));
  kernel_.make(kLine7, What::released, milliseconds(12), {});
  holds_->closed(id, milliseconds(13));
  EXPECT_THAT(heard(), IsEmpty());
  EXPECT_EQ(asked_, 1);
}

TEST_F(ALineWatch, HearsOfALineThatIsGivenBackWhileARequestForItIsRefused) {
  kernel_.make(kLine7, What::requested, milliseconds(1), used_by("script"));
  (void)read();
  const auto id = holds_->begin(std::span(&kLine7, 1), milliseconds(10));
  kernel_.make(kLine7, What::released, milliseconds(12), {});
  holds_->closed(id, milliseconds(13));
  EXPECT_THAT(heard(), ElementsAre("7 released"));
}

TEST_F(ALineWatch, LooksAgainForALineThatTheBrokerIsAboutToTake) {
  const auto id = holds_->begin(std::span(&kLine7, 1), milliseconds(10));
  kernel_.make(kLine7, What::requested, milliseconds(11), used_by("script"));
  EXPECT_THAT(heard(), IsEmpty());
  holds_->closed(id, milliseconds(13));
  EXPECT_THAT(heard(), ElementsAre("7 requested"));
}

/// The queue has been too small for what happened.
class AFullQueue : public ALineWatch {
 protected:
  AFullQueue() {
    for (std::uint32_t offset = 0; offset < kWatchedLines; ++offset) {
      kernel_.make(Offset{offset}, What::requested, milliseconds(1), used_by("boot"));
      kernel_.make(Offset{offset}, What::released, milliseconds(2), {});
      (void)read();
    }
    fill_up(kFirstLine);
    asked_ = 0;
  }

  /// What was heard of a line that nothing is told of in the queue.
  std::vector<std::string> heard_of_line() {
    std::vector<std::string> words;
    for (std::string& word : heard()) {
      if (word.starts_with("7 ")) words.push_back(std::move(word));
    }
    return words;
  }
};

TEST_F(AFullQueue, LeavesItOpenWhatHasHappenedToEachFreeLineOfIt) {
  const auto news = read();
  EXPECT_EQ(news.back().what, What::perhaps);
  std::set<Offset> perhaps;
  for (const LineNews& each : news) {
    if (each.what == What::perhaps) perhaps.insert(each.offset);
  }
  EXPECT_TRUE(perhaps.contains(kFirstLine));
  EXPECT_TRUE(perhaps.contains(kLine7));
  EXPECT_FALSE(perhaps.contains(kLastLine)) << "which is told of in another queue";
  EXPECT_EQ(asked_, 1);
}

TEST_F(AFullQueue, ShowsWhatWasTaken) {
  kernel_.make(kLine7, What::requested, kNow, used_by("script"));
  EXPECT_THAT(heard_of_line(), ElementsAre("7 requested"));
}

TEST_F(AFullQueue, ShowsWhatWasConfigured) {
  (void)read();
  kernel_.make(kLine7, What::requested, kNow, used_by("script"));
  (void)read();
  fill_up(kFirstLine);
  LineInfo output = used_by("script");
  output.settings.direction = core::Direction::output;
  kernel_.make(kLine7, What::configured, kNow, output);
  EXPECT_THAT(heard_of_line(), ElementsAre("7 configured"));
}

TEST_F(AFullQueue, ShowsWhatWasGivenBack) {
  (void)read();
  kernel_.make(kLine7, What::requested, kNow, used_by("script"));
  (void)read();
  fill_up(kFirstLine);
  kernel_.make(kLine7, What::released, kNow, {});
  EXPECT_THAT(heard_of_line(), ElementsAre("7 released"));
}

TEST_F(AFullQueue, ShowsWhatWasLeftOtherwiseThanItWas) {
  LineInfo output;
  output.settings.direction = core::Direction::output;
  kernel_.make(kLine7, What::requested, kNow, used_by("script"));
  kernel_.make(kLine7, What::released, kNow, output);
  EXPECT_THAT(heard_of_line(), ElementsAre("7 released"));
}

TEST_F(AFullQueue, SaysNothingOfWhatIsStillInTheSameHands) {
  (void)read();
  kernel_.make(kLine7, What::requested, kNow, used_by("script"));
  (void)read();
  fill_up(kFirstLine);
  EXPECT_THAT(heard_of_line(), IsEmpty());
}

TEST_F(AFullQueue, SaysNothingOfWhatTheBrokerHas) {
  hold(kLine7, milliseconds(50));
  EXPECT_THAT(heard_of_line(), IsEmpty());
}

TEST_F(AFullQueue, SaysNoMoreThanPerhapsOfWhatTheBrokerHasGivenBack) {
  close(hold(kLine7, milliseconds(50)), kLine7, milliseconds(60));
  EXPECT_THAT(heard_of_line(), ElementsAre("7 perhaps"));
}

TEST_F(AFullQueue, ShowsWhoHasTakenWhatTheBrokerHadBefore) {
  close(hold(kLine7, milliseconds(50)), kLine7, milliseconds(60));
  kernel_.make(kLine7, What::requested, kNow, used_by("gpiobroker"));
  EXPECT_THAT(heard_of_line(), ElementsAre("7 requested"));
}

TEST_F(AFullQueue, IsLookedAtAgainWhenTheChipIsSlow) {
  kernel_.make(kLine7, What::requested, kNow, used_by("script"));
  is_slow_ = true;
  EXPECT_THAT(heard_of_line(), IsEmpty());
  is_slow_ = false;
  while (ready_ == 0) loop_.turn_once();
  EXPECT_THAT(heard_of_line(), ElementsAre("7 requested"));
}

class AStormOfNews : public ALineWatch {
 protected:
  /// Reads until that is enough for now.
  void read_until_it_pauses() {
    while (loop_.watches(first_fd_)) {
      kernel_.make(kLine7, What::configured, kNow, used_by("loop"));
      (void)read();
    }
  }
};

TEST_F(AStormOfNews, IsReadWithPauses) {
  read_until_it_pauses();
  while (!loop_.watches(first_fd_)) loop_.turn_once();
  kernel_.make(kLine7, What::configured, kNow, used_by("loop"));
  EXPECT_THAT(read(), SizeIs(1));
  EXPECT_FALSE(loop_.watches(first_fd_)) << "as no time has passed";
}

TEST_F(AStormOfNews, OfTheBrokersOwnIsReadAtOnce) {
  for (int i = 0; i < 100; ++i) {
    close(hold(kLine7, milliseconds(10 * i)), kLine7, milliseconds(10 * i + 5));
    EXPECT_THAT(read(), IsEmpty());
  }
  EXPECT_TRUE(loop_.watches(first_fd_));
}

/// A line of which somebody else has the request, too.
class ALineThatIsWatchedApart : public ALineWatch {
 protected:
  ALineThatIsWatchedApart() { watch_->watch_apart(kLine7, true, milliseconds(0)).value()(); }
};

TEST_F(ALineThatIsWatchedApart, IsHeardOfOnceByADescriptorOfItsOwn) {
  kernel_.make(kLine7, What::requested, kNow, used_by("script"));
  EXPECT_THAT(heard(), ElementsAre("7 requested"));
}

TEST_F(ALineThatIsWatchedApart, IsHeardOfWhenItsOtherHolderConfiguresIt) {
  hold(kLine7, milliseconds(10));
  EXPECT_THAT(heard(), IsEmpty());
  kernel_.make(kLine7, What::configured, milliseconds(20), used_by("gpiobroker"));
  EXPECT_THAT(heard(), ElementsAre("7 configured"));
}

TEST_F(ALineThatIsWatchedApart, LosesNothingForOtherLines) {
  hold(kLine7, milliseconds(10));
  (void)read();
  fill_up(kFirstLine);
  kernel_.make(kLine7, What::configured, milliseconds(20), used_by("gpiobroker"));
  EXPECT_THAT(heard(), testing::Contains("7 configured"));
}

TEST_F(ALineThatIsWatchedApart, CountsAsConfiguredWhenItsOwnNewsAreLost) {
  hold(kLine7, milliseconds(10));
  for (int i = 0; i < 40; ++i) {
    kernel_.make(kLine7, What::configured, milliseconds(20), used_by("gpiobroker"));
  }
  const std::vector<LineNews> news = read();
  EXPECT_EQ(news.back(), (LineNews{kLine7, What::configured, kNow, used_by("gpiobroker")}));
  EXPECT_EQ(asked_, 1);
}

TEST_F(ALineThatIsWatchedApart, IsAnyLineAgainLater) {
  watch_->watch_apart(kLine7, false, milliseconds(0)).value()();
  const auto id = hold(kLine7, milliseconds(10));
  kernel_.make(kLine7, What::configured, milliseconds(20), used_by("gpiobroker"));
  close(id, kLine7, milliseconds(30));
  EXPECT_THAT(heard(), IsEmpty());
  kernel_.make(kLine7, What::requested, kNow, used_by("script"));
  EXPECT_THAT(heard(), ElementsAre("7 requested"));
}

}  // namespace
}  // namespace gpiobroker::test
