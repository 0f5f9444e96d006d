// SPDX-License-Identifier: GPL-2.0-or-later
// A library for LD_PRELOAD: the system's name services, as slow, ignorant or broken as a test wants
// them.
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace {

std::string file(const char* name) {
  const char* const folder = std::getenv("GPIOBROKER_TEST_NAMES");
  return std::string(folder == nullptr ? "/nowhere" : folder) + "/" + name;
}

bool is_there(const char* name) {
  return access(file(name).c_str(), F_OK) == 0;
}

/// The id that the file of names gives, in lines such as "user alice 1000"; -1: none.
long id_of(const char* kind, const char* name) {
  constexpr timespec kBetweenLooks{.tv_sec = 0, .tv_nsec = 1'000'000};
  while (is_there("gate")) nanosleep(&kBetweenLooks, nullptr);
  if (is_there("crash")) std::abort();
  std::ifstream names(file("names"));
  std::string its_kind;
  std::string its_name;
  for (long id = 0; names >> its_kind >> its_name >> id;) {
    if (its_kind == kind && its_name == name) return id;
  }
  return -1;
}

}  // namespace

extern "C" int getpwnam_r(const char* name, passwd* entry, char* /*strings*/, std::size_t /*room*/,
                          passwd** found) {
  const long id = id_of("user", name);
  entry->pw_uid = static_cast<uid_t>(id);
  *found = id < 0 ? nullptr : entry;
  return is_there("down") ? EIO : 0;
}

extern "C" int getgrnam_r(const char* name, group* entry, char* /*strings*/, std::size_t /*room*/,
                          group** found) {
  const long id = id_of("group", name);
  entry->gr_gid = static_cast<gid_t>(id);
  *found = id < 0 ? nullptr : entry;
  return is_there("down") ? EIO : 0;
}
