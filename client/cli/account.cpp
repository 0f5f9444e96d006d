// SPDX-License-Identifier: LGPL-2.1-or-later
// getpwnam(3) and getgrouplist(3).
#include "cli/account.h"

#include <charconv>
#include <optional>

#include <grp.h>
#include <pwd.h>

#include "gpiobroker/error.h"

namespace gpiobroker::cli {
namespace {

std::optional<uid_t> number_in(const std::string& text) {
  uid_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool whole = error == std::errc() && stop == end;
  return whole ? std::optional(number) : std::nullopt;
}

std::vector<std::uint32_t> groups_of(const passwd& user) {
  int count = 0;
  getgrouplist(user.pw_name, user.pw_gid, nullptr, &count);
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  getgrouplist(user.pw_name, user.pw_gid, groups.data(), &count);
  return {groups.begin(), groups.end()};
}

}  // namespace

Asker find_user(const std::string& name_or_number) {
  const passwd* user = getpwnam(name_or_number.c_str());
  const auto number = number_in(name_or_number);
  if (user == nullptr && number) user = getpwuid(*number);
  if (user != nullptr) return {.uid = user->pw_uid, .gids = groups_of(*user)};
  if (number) return {.uid = *number};
  throw Error("NoSuchUser", "there is no user '" + name_or_number + "' on this system");
}

}  // namespace gpiobroker::cli
