// SPDX-License-Identifier: GPL-2.0-or-later
// getpwnam(3) and getgrnam(3), which tell by errno a name that there is not from one that they
// could not look up.
#include "config/accounts.h"

#include <cerrno>
#include <system_error>
#include <vector>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace gpiobroker::config {
namespace {

/// The errnos that mean that there is no such name: sources of names use all of them, and so does
/// glibc for a source that is not installed.
bool says_that_there_is_none(int error) {
  return error == 0 || error == ENOENT || error == ESRCH;
}

/// Calls a look-up with more and more room for its strings.
template <class Entry, class Get, class Id>
Account look_up(const std::string& name, Get get, Id Entry::*id) {
  constexpr std::size_t kFirstRoom = 1024;
  constexpr std::size_t kMostRoom = std::size_t{1} << 24U;  // a group with a million members
  std::vector<char> strings(kFirstRoom);
  for (;;) {
    Entry entry{};
    Entry* found = nullptr;
    const int error = get(name.c_str(), &entry, strings.data(), strings.size(), &found);
    if (found != nullptr) return {.id = entry.*id};
    if (error == ERANGE && strings.size() < kMostRoom) {
      strings.resize(strings.size() * 4);
    } else if (says_that_there_is_none(error)) {
      return {};
    } else {
      return {.id = {}, .doubt = std::generic_category().message(error)};
    }
  }
}

}  // namespace

Accounts system_accounts() {
  return {
      .user = [](const std::string& name) { return look_up(name, getpwnam_r, &passwd::pw_uid); },
      .group = [](const std::string& name) { return look_up(name, getgrnam_r, &group::gr_gid); },
      .own = geteuid()};
}

}  // namespace gpiobroker::config
