// SPDX-License-Identifier: GPL-2.0-or-later
// Walks through a message, value by value, until it has seen enough.
#include "bus/wire/message_size.h"

#include <cstring>
#include <optional>
#include <string_view>

namespace gpiobroker::bus {
namespace {

// Numbers that stand side by side in an array, which the bus library gives as they lie there.
constexpr std::string_view kNumbers = "ynqiuxtd";
constexpr std::string_view kContainers = "arve";

// The length that comes before a string or an array, and what a string is filled up to.
constexpr std::size_t kOverhead = 4;

/// An array of numbers, or nothing if it is one of anything else.
std::optional<std::size_t> size_of_numbers(sd_bus_message& message, const char* contents) {
  if (std::strlen(contents) != 1 || !kNumbers.contains(*contents)) return std::nullopt;
  const void* numbers = nullptr;
  std::size_t size = 0;
  if (sd_bus_message_read_array(&message, *contents, &numbers, &size) < 0) return std::nullopt;
  return size;
}

std::size_t size_of_value(sd_bus_message& message, char type) {
  if (type != SD_BUS_TYPE_STRING && type != SD_BUS_TYPE_OBJECT_PATH &&
      type != SD_BUS_TYPE_SIGNATURE) {
    const char skipped[] = {type, '\0'};
    sd_bus_message_skip(&message, skipped);
    return kOverhead;
  }
  const char* text = nullptr;
  if (sd_bus_message_read_basic(&message, type, static_cast<void*>(&text)) < 0) {
    return kOverhead;
  }
  return kOverhead + (std::strlen(text) / kOverhead + 1) * kOverhead;
}

/// One step. Returns what it came by, and nothing at the end or where the message is wrong.
class Walk {
 public:
  explicit Walk(sd_bus_message& message) : message_(message) {}

  std::optional<std::size_t> step() {
    char type = 0;
    const char* contents = nullptr;
    const int is_there = sd_bus_message_peek_type(&message_, &type, &contents);
    if (is_there < 0) return fail();
    if (is_there == 0) return leave();
    if (!kContainers.contains(type)) return size_of_value(message_, type);
    if (type == SD_BUS_TYPE_ARRAY) {
      if (const auto numbers = size_of_numbers(message_, contents)) return kOverhead + *numbers;
    }
    if (sd_bus_message_enter_container(&message_, type, contents) < 0) return fail();
    ++depth_;
    return kOverhead;
  }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::optional<std::size_t> leave() {
    if (depth_ == 0) return std::nullopt;
    --depth_;
    if (sd_bus_message_exit_container(&message_) < 0) return fail();
    return 0;
  }

  std::optional<std::size_t> fail() {
    failed_ = true;
    return std::nullopt;
  }

  sd_bus_message& message_;
  std::size_t depth_ = 0;
  bool failed_ = false;
};

}  // namespace

std::size_t size_of(sd_bus_message& message, std::size_t most) {
  const char* path = sd_bus_message_get_path(&message);
  std::size_t size = path == nullptr ? 0 : std::strlen(path);
  Walk walk(message);
  while (size <= most) {
    const auto step = walk.step();
    if (!step) break;
    size += *step;
  }
  sd_bus_message_rewind(&message, 1);
  return walk.failed() ? most + 1 : size;
}

}  // namespace gpiobroker::bus
