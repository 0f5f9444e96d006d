// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the kind of lifetime, which one option says and others imply.
#include "bus/wire/lifetime_options.h"

#include <array>
#include <chrono>
#include <limits>
#include <optional>
#include <utility>

#include "bus/wire/variants.h"
#include "core/base/text.h"

namespace gpiobroker::bus {
namespace {

using core::LifetimeKind;
using core::Reason;
using core::refuse;
using core::Refused;
using core::Result;

constexpr std::int64_t kLongestMs = 86'400'000;  // a day: what is to stay longer is persistent

using OptionalVariant = std::optional<sdbus::Variant>;

OptionalVariant take(Dictionary& options, const char* key) {
  auto entry = options.extract(key);
  return entry.empty() ? std::nullopt : OptionalVariant(std::move(entry.mapped()));
}

std::optional<LifetimeKind> kind_from(const sdbus::Variant& variant) {
  const auto word = as_text(variant);
  for (const LifetimeKind kind : {LifetimeKind::connection, LifetimeKind::process, LifetimeKind::fd,
                                  LifetimeKind::ttl, LifetimeKind::persistent}) {
    if (word == core::to_word(kind)) return kind;
  }
  return std::nullopt;
}

Result<LifelineWish> process(const sdbus::Variant& variant) {
  const auto number = as_number(variant);
  if (!number || *number < 1 || *number > std::numeric_limits<std::int32_t>::max()) {
    return wrong("process", variant, "a process id (u)");
  }
  return ProcessId{static_cast<std::int32_t>(*number)};
}

Result<LifelineWish> descriptor(const sdbus::Variant& variant) {
  if (variant.containsValueOfType<sdbus::UnixFd>()) return variant.get<sdbus::UnixFd>();
  return wrong("fd", variant, "a file descriptor (h)");
}

/// What goes with a kind, and with no other.
struct Companion {
  const char* key = "";
  LifetimeKind kind = LifetimeKind::connection;
  OptionalVariant given;
};

Result<LifetimeKind> kind_of(const OptionalVariant& named, const std::array<Companion, 3>& all) {
  std::optional<LifetimeKind> kind;
  if (named) {
    kind = kind_from(*named);
    if (!kind) {
      return wrong("lifetime", *named, "one of: connection, process, fd, ttl, persistent");
    }
  }
  for (const Companion& each : all) {
    if (each.given && kind.value_or(each.kind) != each.kind) {
      return refuse(Reason::invalid_setting, each.key,
                    std::string(each.key) + " does not go with lifetime " +
                        core::in_quotes(core::to_word(*kind)) + ": accepted with " +
                        core::in_quotes(core::to_word(each.kind)));
    }
    if (each.given) kind = each.kind;
    if (kind == each.kind && !each.given) {
      return refuse(Reason::invalid_setting, each.key,
                    "lifetime " + core::in_quotes(core::to_word(each.kind)) + " needs the option " +
                        each.key);
    }
  }
  return kind.value_or(LifetimeKind::connection);
}

}  // namespace

Result<core::Instant> take_milliseconds(Dictionary& options, const char* key) {
  const OptionalVariant variant = take(options, key);
  if (!variant) return core::Instant{0};
  const auto number = as_number(*variant);
  if (!number || *number < 1 || *number > kLongestMs) {
    return wrong(key, *variant, "a number of milliseconds (u), 1 to 86400000");
  }
  return core::Instant(std::chrono::milliseconds(*number));
}

Result<LifetimeWish> take_lifetime(Dictionary& options) {
  const auto ttl_at = options.find("ttl-ms");
  const OptionalVariant ttl_given =
      ttl_at == options.end() ? std::nullopt : OptionalVariant(ttl_at->second);
  const auto ttl = take_milliseconds(options, "ttl-ms");
  if (!ttl) return Refused(ttl.error());
  const auto heartbeat = take_milliseconds(options, "heartbeat-ms");
  if (!heartbeat) return Refused(heartbeat.error());
  const OptionalVariant named = take(options, "lifetime");
  const std::array<Companion, 3> companions{
      {{"process", LifetimeKind::process, take(options, "process")},
       {"fd", LifetimeKind::fd, take(options, "fd")},
       {"ttl-ms", LifetimeKind::ttl, ttl_given}}};
  const OptionalVariant& pid = companions[0].given;
  const OptionalVariant& fd = companions[1].given;
  const auto kind = kind_of(named, companions);
  if (!kind) return Refused(kind.error());
  LifetimeWish wish{.lifetime = {.kind = *kind, .ttl = *ttl, .heartbeat = *heartbeat},
                    .lifeline = {}};
  if (pid || fd) {
    auto lifeline = pid ? process(*pid) : descriptor(*fd);
    if (!lifeline) return Refused(lifeline.error());
    wish.lifeline = std::move(*lifeline);
  }
  return wish;
}

}  // namespace gpiobroker::bus
