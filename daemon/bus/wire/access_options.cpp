// SPDX-License-Identifier: GPL-2.0-or-later
// Reads each option in a function of its own.
#include "bus/wire/access_options.h"

#include "bus/wire/lifetime_options.h"
#include "bus/wire/variants.h"

namespace gpiobroker::bus {
namespace {

using core::Result;

Result<void> read_access(const sdbus::Variant& variant, core::Access& to) {
  const auto word = as_text(variant);
  for (const core::Access access : core::kAccesses) {
    if (word != core::to_word(access)) continue;
    to = access;
    return {};
  }
  return wrong("access", variant, "one of: exclusive, shared, observe");
}

Result<void> read_flag(const char* key, const sdbus::Variant& variant, bool& to) {
  const auto flag = as_flag(variant);
  if (!flag) return wrong(key, variant, "a boolean (b), true or false");
  to = *flag;
  return {};
}

Result<void> read_unobserved(const sdbus::Variant& variant, bool& to) {
  return read_flag("unobserved", variant, to);
}

Result<void> read_direct(const sdbus::Variant& variant, bool& to) {
  return read_flag("direct", variant, to);
}

Result<void> read_from_peripheral(const sdbus::Variant& variant, bool& to) {
  return read_flag("take-from-peripheral", variant, to);
}

Result<void> read_capacity(const sdbus::Variant& variant, std::size_t& to) {
  constexpr auto kMost = static_cast<std::int64_t>(core::EdgeQueue::kMostCapacity);
  const auto number = as_number(variant);
  if (!number || *number < 1 || *number > kMost) {
    return wrong("event-buffer-size", variant, "a number of edges (u), 1 to 65536");
  }
  to = static_cast<std::size_t>(*number);
  return {};
}

/// What is not there stays as it is.
template <class Value>
Result<void> take(Dictionary& options, const char* key, Value& to,
                  Result<void> (*read)(const sdbus::Variant&, Value&)) {
  const auto entry = options.extract(key);
  return entry.empty() ? Result<void>{} : read(entry.mapped(), to);
}

}  // namespace

Result<void> take_access(Dictionary& options, core::AcquireRequest& request) {
  if (auto done = take(options, "access", request.access, read_access); !done) return done;
  if (auto done = take(options, "unobserved", request.unobserved, read_unobserved); !done) {
    return done;
  }
  if (auto done = take(options, "direct", request.direct, read_direct); !done) return done;
  if (auto done =
          take(options, "take-from-peripheral", request.take_from_peripheral, read_from_peripheral);
      !done) {
    return done;
  }
  if (auto done = take(options, "event-buffer-size", request.event_capacity, read_capacity);
      !done) {
    return done;
  }
  const auto timeout = take_milliseconds(options, "edge-timeout-ms");
  if (!timeout) return core::Refused(timeout.error());
  request.edge_timeout = *timeout;
  return {};
}

}  // namespace gpiobroker::bus
