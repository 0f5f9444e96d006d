// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel tells of lines: what is news of a chip, and what is the broker's own doing.
#include <algorithm>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>
#include <linux/gpio.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <gpiod.hpp>

#include "gpio/chip_nodes.h"
#include "support/fake_loop.h"
#include "support/gpio_sim.h"

namespace gpiobroker::test {
namespace {

using core::LineNews;
using core::Offset;
using What = LineNews::What;

constexpr Offset kOwn{0};
constexpr Offset kMarker{1};

class TheNewsOfAKernelChip : public testing::Test {
 protected:
  void read() {
    for (const LineNews& each : chip_->read_news()) news_.push_back(each);
  }

  /// All news so far: what was before something that is done now to another line is read by then,
  /// since the kernel tells in order.
  std::vector<What> news_of(Offset line) {
    {
      const auto marker = gpiod::chip(sim_.device())
                              .prepare_request()
                              .add_line_settings(kMarker.value, gpiod::line_settings())
                              .do_request();
    }
    ++markers_;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (count(kMarker, What::released) < markers_) {
      read();
      if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("no news");
      std::this_thread::yield();
    }
    std::vector<What> whats;
    for (const LineNews& each : news_) {
      if (each.offset == line) whats.push_back(each.what);
    }
    return whats;
  }

  [[nodiscard]] std::size_t count(Offset line, What what) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        news_, [&](const LineNews& each) { return each.offset == line && each.what == what; }));
  }

  std::unique_ptr<core::LineRequest> take() {
    return std::move(chip_->request(std::span(&kOwn, 1), "gpiobroker:test").value());
  }

  static void configure(core::LineRequest& request, const core::LineSettings& settings) {
    const core::LineWithSettings<Offset> line{kOwn, settings};
    ASSERT_TRUE(request.configure(std::span(&line, 1)));
  }

  FakeLoop loop_;
  GpioSim sim_{{.label = "news", .names = {"own", "marker"}}};
  gpio::ChipNodes nodes_{&loop_};
  std::unique_ptr<core::Chip> chip_ = std::move(nodes_.look().opened.front());
  std::vector<LineNews> news_;
  std::size_t markers_ = 0;
};

TEST_F(TheNewsOfAKernelChip, AreNotWhatTheBrokerDoes) {
  for (int i = 0; i < 100; ++i) {
    const auto request = take();
    configure(*request, {.direction = core::Direction::output});
    read();
  }
  EXPECT_EQ(news_of(kOwn), std::vector<What>{});
}

TEST_F(TheNewsOfAKernelChip, AreNotRefusedRequestsOfTheBrokers) {
  (void)news_of(kOwn);
  const auto other = gpiod::chip(sim_.device())
                         .prepare_request()
                         .add_line_settings(kMarker.value, gpiod::line_settings())
                         .do_request();
  const std::vector both{kOwn, kMarker};
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(chip_->request(both, "gpiobroker:test"));
  for (const LineNews& each : chip_->read_news()) {
    EXPECT_TRUE(each.offset != kOwn || each.what == What::perhaps);
  }
}

/// Somebody else has a duplicate of the broker's request.
class ADuplicateOfAKernelRequest : public TheNewsOfAKernelChip {
 protected:
  ADuplicateOfAKernelRequest() {
    configure(*request_, {.direction = core::Direction::input, .edge = core::Edge::both});
    duplicate_ = dup(loop_.last_watched());
    EXPECT_TRUE(chip_->watch_apart(kOwn, true));
  }
  ~ADuplicateOfAKernelRequest() override { end_duplicate(); }

  void end_duplicate() {
    if (duplicate_ >= 0) close(duplicate_);
    duplicate_ = -1;
  }

  void configure_duplicate() const {
    gpio_v2_line_config config{};
    config.flags = GPIO_V2_LINE_FLAG_OUTPUT;
    EXPECT_EQ(ioctl(duplicate_, GPIO_V2_LINE_SET_CONFIG_IOCTL, &config), 0);
  }

  std::unique_ptr<core::LineRequest> request_ = take();
  int duplicate_ = -1;
};

TEST_F(ADuplicateOfAKernelRequest, IsHeardToConfigureTheLine) {
  configure_duplicate();
  EXPECT_EQ(news_of(kOwn), std::vector{What::configured});
}

TEST_F(ADuplicateOfAKernelRequest, IsHeardOfAlsoWhileTheBrokerConfiguresTheLine) {
  configure(*request_, core::kSafeInput);
  configure_duplicate();
  EXPECT_EQ(news_of(kOwn), std::vector(2, What::configured));
}

TEST_F(ADuplicateOfAKernelRequest, IsHeardToEnd) {
  request_.reset();
  EXPECT_EQ(news_of(kOwn), std::vector<What>{});
  EXPECT_TRUE(chip_->line_info(kOwn)->used);
  end_duplicate();
  EXPECT_EQ(news_of(kOwn), std::vector{What::released});
}

TEST_F(ADuplicateOfAKernelRequest, IsKnownToBeNoMoreWhenTheBrokerClosesTheLastOne) {
  end_duplicate();
  EXPECT_EQ(news_of(kOwn), std::vector<What>{});
  request_.reset();
  EXPECT_EQ(news_of(kOwn), std::vector{What::released});
}

}  // namespace
}  // namespace gpiobroker::test
