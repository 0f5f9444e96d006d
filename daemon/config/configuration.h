// SPDX-License-Identifier: GPL-2.0-or-later
// The configuration of the administrator, as the files in /etc/gpiobroker give it.
#pragma once

#include <string>
#include <vector>

#include "config/accounts.h"
#include "config/document.h"
#include "config/problem.h"
#include "core/policy/policy.h"

namespace gpiobroker::config {

inline constexpr const char* kDefaultFolder = "/etc/gpiobroker";

/// What documents come to.
struct Interpretation {
  core::Policy policy;
  Problems warnings;  ///< names that are not known: no problem, but perhaps not what was meant
};

struct Configuration {
  core::Policy policy;
  std::vector<std::string> files;  ///< that it was read from, in their order
  Problems warnings;               ///< as Interpretation has them
};

/// Files as they were read, right or wrong.
struct Sources {
  std::vector<std::string> files;
  std::vector<Checked<Document>> documents;
};

/// The files of a configuration folder: config.json, then those of config.d whose names end in
/// .json and do not begin with a dot, in the order of their bytes. None of them has to be there.
[[nodiscard]] Checked<std::vector<std::string>> files_in(const std::string& folder);

/// What documents come to, each over those before: objects are merged key by key, other values
/// replaced; the rules and lines of a later one are consulted before those of an earlier one. No
/// document makes the defaults.
[[nodiscard]] Checked<Interpretation> interpret(std::vector<Checked<Document>> all,
                                                const Accounts& accounts);

/// Reads the files of a configuration folder, files_in(); of no folder, none.
[[nodiscard]] Checked<Sources> read_folder(const std::string& folder);

/// Reads files, and interprets them.
[[nodiscard]] Checked<Configuration> load_files(const std::vector<std::string>& files,
                                                const Accounts& accounts);

/// files_in() and load_files().
[[nodiscard]] Checked<Configuration> load_folder(const std::string& folder,
                                                 const Accounts& accounts);

}  // namespace gpiobroker::config
