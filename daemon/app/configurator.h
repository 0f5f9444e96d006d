// SPDX-License-Identifier: GPL-2.0-or-later
// The configuration in the life of the broker: read, made complete with names, put in force,
// mended.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/account_lookup.h"
#include "app/configuration_report.h"
#include "config/configuration.h"
#include "core/policy/policy.h"
#include "loop/folder_watch.h"
#include "loop/timer.h"

namespace gpiobroker::app {

/// Users and groups are looked up by name beside the loop; while that is under way what was in
/// force stays so. At the start, where nothing was, a policy is put in force in which the names are
/// in doubt: it allows and denies as it does once they are known, or less. Names that are not known
/// are looked up again now and then, and when the system's own files of names have changed.
///
/// A configuration that is wrong leaves the one before in force. Where there is none before, nobody
/// may do anything, root included: what was meant might be stricter than any other choice. The
/// files are then read again every two seconds until they are right.
class Configurator {
 public:
  struct Hooks {
    /// Puts a policy in force. Refused: not_recorded; the one before stays in force.
    std::function<core::Result<void>(core::Policy)> put_in_force;
    /// Puts a policy in force by which nobody may do anything, at a start: no line is touched for
    /// it.
    std::function<void(core::Policy)> close;
    /// A reload is over.
    std::function<void()> reloaded;
    /// What is wrong has changed: problems().
    std::function<void()> told;
  };

  /// No folder: the defaults. Begins at once with what takes time, and puts nothing in force yet.
  Configurator(loop::EventLoop& loop, std::filesystem::path folder, Hooks hooks);

  /// Puts the first policy in force, after a moment's wait for names if need be.
  void start();

  /// Reads the files again.
  void reload();

  /// What is wrong with the configuration, a sentence each; nothing if it is in force as it stands.
  [[nodiscard]] const std::vector<std::string>& problems() const { return report_.problems(); }

 private:
  [[nodiscard]] config::Problems read();
  bool look_up();
  void looked_up();
  void too_long();
  void take(config::KnownAccounts found);
  bool put_in_force();
  void load();
  void reject(const config::Problems& problems);
  void close(core::Reason reason, std::vector<std::string> why);
  void tell(std::vector<std::string> problems, bool is_wrong);
  void try_again();
  void try_again_soon();
  void names_changed();

  loop::EventLoop& loop_;
  std::filesystem::path folder_;
  Hooks hooks_;
  config::Sources sources_;              // of what is in force, or is to be
  config::KnownAccounts wanted_;         // by those
  config::KnownAccounts known_;          // by what is in force
  std::optional<AccountLookup> lookup_;  // if one is under way
  config::Problems wrong_;               // at the start
  ConfigurationReport report_;
  bool is_open_ = false;  // whether a policy was ever put in force
  bool is_new_ = false;   // whether the sources are not in force yet
  bool reloads_ = false;
  std::chrono::seconds pause_{0};  // before the last try
  loop::Timer deadline_{loop_, [this] { too_long(); }};
  loop::Timer again_{loop_, [this] { try_again(); }};
  loop::FolderWatch passwd_{loop_, "/etc", "passwd", [this] { names_changed(); }};
  loop::FolderWatch group_{loop_, "/etc", "group", [this] { names_changed(); }};
};

}  // namespace gpiobroker::app
