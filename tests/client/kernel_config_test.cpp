// SPDX-License-Identifier: GPL-2.0-or-later
// How a line is configured directly, in the kernel's own words.
#include "src/kernel_config.h"

#include <gmock/gmock.h>

#include "gpiobroker/error.h"

namespace gpiobroker::detail {
namespace {

// NOLINTBEGIN(cppcoreguidelines-pro-type-union-access): the kernel's

constexpr std::uint32_t kBit = 3;
constexpr std::uint64_t kMask = 8;

std::uint64_t flags_for(const Settings& settings) {
  const gpio_v2_line_config config = to_kernel(kBit, settings);
  EXPECT_EQ(config.attrs[0].attr.id, std::uint32_t{GPIO_V2_LINE_ATTR_ID_FLAGS});
  EXPECT_EQ(config.attrs[0].mask, kMask);
  return config.attrs[0].attr.flags;
}

std::string refusal_of(const Settings& settings) {
  try {
    (void)to_kernel(kBit, settings);
  } catch (const Error& error) {
    return error.reason();
  }
  return "";
}

TEST(AKernelConfig, HasAFlagForEachSetting) {
  EXPECT_EQ(flags_for({.direction = Direction::input,
                       .bias = Bias::pull_down,
                       .edge = Edge::both,
                       .active_low = true,
                       .event_clock = EventClock::realtime}),
            std::uint64_t{GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN |
                          GPIO_V2_LINE_FLAG_EDGE_RISING | GPIO_V2_LINE_FLAG_EDGE_FALLING |
                          GPIO_V2_LINE_FLAG_ACTIVE_LOW | GPIO_V2_LINE_FLAG_EVENT_CLOCK_REALTIME});
  EXPECT_EQ(
      flags_for(
          {.direction = Direction::output, .bias = Bias::disabled, .drive = Drive::open_drain}),
      std::uint64_t{GPIO_V2_LINE_FLAG_OUTPUT | GPIO_V2_LINE_FLAG_BIAS_DISABLED |
                    GPIO_V2_LINE_FLAG_OPEN_DRAIN});
}

TEST(AKernelConfig, LeavesOtherLinesAlone) {
  EXPECT_EQ(to_kernel(kBit, {.direction = Direction::input}).flags, 0U);
}

TEST(AKernelConfig, HasAnOutputStartAtItsValue) {
  const gpio_v2_line_config config =
      to_kernel(kBit, {.direction = Direction::output, .value = true});
  ASSERT_EQ(config.num_attrs, 2U);
  EXPECT_EQ(config.attrs[1].attr.id, std::uint32_t{GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES});
  EXPECT_EQ(config.attrs[1].attr.values, kMask);
  EXPECT_EQ(to_kernel(kBit, {.direction = Direction::output}).attrs[1].attr.values, 0U);
}

TEST(AKernelConfig, HasADebouncePeriodInMicroseconds) {
  const gpio_v2_line_config config =
      to_kernel(kBit, {.direction = Direction::input, .debounce = std::chrono::milliseconds(2)});
  ASSERT_EQ(config.num_attrs, 2U);
  EXPECT_EQ(config.attrs[1].attr.id, std::uint32_t{GPIO_V2_LINE_ATTR_ID_DEBOUNCE});
  EXPECT_EQ(config.attrs[1].attr.debounce_period_us, 2000U);
}

TEST(AKernelConfig, TakesADirectionAndWhatIsOfALineOnly) {
  EXPECT_EQ(refusal_of({}), "InvalidSetting");
  EXPECT_EQ(refusal_of({.direction = Direction::as_is}), "InvalidSetting");
  EXPECT_EQ(refusal_of({.debounce = std::chrono::hours(2000), .consumer = {}}), "InvalidSetting");
  EXPECT_EQ(refusal_of({.direction = Direction::input, .consumer = "me"}), "UnknownSetting");
  EXPECT_EQ(refusal_of({.direction = Direction::input, .direct = true}), "UnknownSetting");
}

// NOLINTEND(cppcoreguidelines-pro-type-union-access)

}  // namespace
}  // namespace gpiobroker::detail
