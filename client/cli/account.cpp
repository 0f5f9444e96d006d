// SPDX-License-Identifier: LGPL-2.1-or-later
// Looks accounts up by getpwnam(3) and getgrouplist(3).
#include "cli/account.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "cli/text.h"
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

std::set<gid_t> groups_of_this_process() {
  std::vector<gid_t> groups(static_cast<std::size_t>(std::max(getgroups(0, nullptr), 0)));
  std::set<gid_t> all{getegid()};
  if (getgroups(static_cast<int>(groups.size()), groups.data()) >= 0) {
    all.insert(groups.begin(), groups.end());
  }
  return all;
}

std::string name_of_group(gid_t id) {
  const group* found = getgrgid(id);
  return found == nullptr ? std::to_string(id) : found->gr_name;
}

}  // namespace

std::string words_for_late_groups() {
  const passwd* user = getpwuid(geteuid());
  if (user == nullptr) return {};
  const std::string name = user->pw_name;
  const std::set<gid_t> own = groups_of_this_process();
  std::vector<std::string> late;
  for (const gid_t group : groups_of(*user)) {
    if (!own.contains(group)) late.push_back(name_of_group(group));
  }
  if (late.empty()) return {};
  return "this session began before " + name + " joined " + join(late, ", ") +
         ", whose rights it does not have: log in again, or see newgrp(1)";
}

Asker find_user(const std::string& name_or_number) {
  const passwd* user = getpwnam(name_or_number.c_str());
  const auto number = number_in(name_or_number);
  if (user == nullptr && number) user = getpwuid(*number);
  if (user != nullptr) return {.uid = user->pw_uid, .gids = groups_of(*user)};
  if (number) return {.uid = *number};
  throw Error("NoSuchUser", "there is no user '" + name_or_number + "' on this system");
}

}  // namespace gpiobroker::cli
