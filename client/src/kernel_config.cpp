// SPDX-License-Identifier: LGPL-2.1-or-later
// Leaves to the kernel which settings go together.
#include "src/kernel_config.h"

#include <optional>
#include <span>

#include "gpiobroker/error.h"

namespace gpiobroker::detail {
namespace {

std::uint64_t flag(Direction direction) {
  return direction == Direction::output ? GPIO_V2_LINE_FLAG_OUTPUT : GPIO_V2_LINE_FLAG_INPUT;
}

std::uint64_t flag(Bias bias) {
  switch (bias) {
    case Bias::as_is: return 0;
    case Bias::disabled: return GPIO_V2_LINE_FLAG_BIAS_DISABLED;
    case Bias::pull_up: return GPIO_V2_LINE_FLAG_BIAS_PULL_UP;
    case Bias::pull_down: return GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN;
  }
  return 0;
}

std::uint64_t flag(Edge edge) {
  switch (edge) {
    case Edge::none: return 0;
    case Edge::rising: return GPIO_V2_LINE_FLAG_EDGE_RISING;
    case Edge::falling: return GPIO_V2_LINE_FLAG_EDGE_FALLING;
    case Edge::both: return GPIO_V2_LINE_FLAG_EDGE_RISING | GPIO_V2_LINE_FLAG_EDGE_FALLING;
  }
  return 0;
}

std::uint64_t flag(Drive drive) {
  switch (drive) {
    case Drive::push_pull: return 0;
    case Drive::open_drain: return GPIO_V2_LINE_FLAG_OPEN_DRAIN;
    case Drive::open_source: return GPIO_V2_LINE_FLAG_OPEN_SOURCE;
  }
  return 0;
}

std::uint64_t flag(EventClock clock) {
  switch (clock) {
    case EventClock::monotonic: return 0;
    case EventClock::realtime: return GPIO_V2_LINE_FLAG_EVENT_CLOCK_REALTIME;
    case EventClock::hte: return GPIO_V2_LINE_FLAG_EVENT_CLOCK_HTE;
  }
  return 0;
}

template <class Setting>
std::uint64_t flag(const std::optional<Setting>& setting) {
  return setting ? flag(*setting) : 0;
}

std::uint64_t flags_of(const Settings& settings) {
  const std::uint64_t active_low =
      settings.active_low.value_or(false) ? GPIO_V2_LINE_FLAG_ACTIVE_LOW : 0;
  return flag(settings.direction) | flag(settings.bias) | flag(settings.edge) |
         flag(settings.drive) | flag(settings.event_clock) | active_low;
}

void refuse_what_is_of_the_lease(const Settings& settings) {
  const bool is_of_the_lease = !settings.consumer.empty() || settings.lifetime || settings.access ||
                               settings.unobserved || settings.take_from_peripheral ||
                               settings.event_buffer_size || settings.edge_timeout ||
                               settings.heartbeat || settings.direct;
  if (is_of_the_lease) {
    throw Error("UnknownSetting", "a line is configured with settings of a line only");
  }
}

gpio_v2_line_attribute& add(gpio_v2_line_config& config, std::uint32_t id, std::uint64_t mask) {
  gpio_v2_line_config_attribute& attribute = std::span(config.attrs)[config.num_attrs++];
  attribute.attr.id = id;
  attribute.mask = mask;
  return attribute.attr;
}

}  // namespace

// The flags for all lines have no direction, which leaves those alone that have no flags of their
// own (Linux, gpiolib-cdev.c, linereq_set_config).
gpio_v2_line_config to_kernel(std::uint32_t bit, const Settings& settings) {
  refuse_what_is_of_the_lease(settings);
  if (settings.direction.value_or(Direction::as_is) == Direction::as_is) {
    throw Error("InvalidSetting", "to configure a line directly takes a direction");
  }
  const std::uint64_t mask = std::uint64_t{1} << bit;
  gpio_v2_line_config config{};
  // NOLINTBEGIN(cppcoreguidelines-pro-type-union-access): the kernel's
  add(config, GPIO_V2_LINE_ATTR_ID_FLAGS, mask).flags = flags_of(settings);
  if (settings.direction == Direction::output) {
    add(config, GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES, mask).values =
        settings.value.value_or(false) ? mask : 0;
  }
  if (settings.debounce) {
    add(config, GPIO_V2_LINE_ATTR_ID_DEBOUNCE, mask).debounce_period_us =
        static_cast<std::uint32_t>(settings.debounce->count());
  }
  // NOLINTEND(cppcoreguidelines-pro-type-union-access)
  return config;
}

}  // namespace gpiobroker::detail
