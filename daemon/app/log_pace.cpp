// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps a token bucket for each user, as the moment at which it is full again.
#include "app/log_pace.h"

#include <algorithm>
#include <utility>

namespace gpiobroker::app {
namespace {

constexpr std::size_t kManyUsers = 64;

}  // namespace

std::optional<std::uint64_t> LogPace::admit(std::uint32_t uid, core::Instant now) {
  if (users_.size() >= kManyUsers) forget_quiet_users(now);
  User& user = users_[uid];
  const core::Instant full_at = std::max(user.full_at, now) + per_line_;
  if (full_at > now + most_at_once_) {
    ++user.left_out;
    return std::nullopt;
  }
  user.full_at = full_at;
  return std::exchange(user.left_out, 0);
}

void LogPace::forget_quiet_users(core::Instant now) {
  std::erase_if(users_, [&](const auto& entry) {
    return entry.second.full_at <= now && entry.second.left_out == 0;
  });
}

}  // namespace gpiobroker::app
