// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads each as the daemon would, with this system's users and groups.
#include "cli/verbs.h"

#include <filesystem>
#include <iostream>
#include <memory>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/known_lines.h"
#include "cli/text.h"
#include "config/configuration.h"
#include "core/remarks.h"

namespace gpiobroker::cli {
namespace {

config::Checked<config::Configuration> load(const std::string& path) {
  std::error_code unknown;
  const config::Accounts accounts = config::system_accounts();
  return std::filesystem::is_directory(path, unknown) ? config::load_folder(path, accounts)
                                                      : config::load_files({path}, accounts);
}

void print_good(const std::string& path, const config::Configuration& configuration) {
  const std::size_t files = configuration.files.size();
  const std::string words = files == 0   ? "no files; the defaults apply"
                            : files == 1 ? "right"
                                         : "right, " + std::to_string(files) + " files";
  std::cout << printable(path) << ": " << words << '\n';
}

/// None of these is a fault: a chip may come later.
void print_remarks(const CommonOptions& common, const core::Policy& policy) {
  const auto lines = known_lines(common.address);
  if (!lines) {
    std::cout << "note: no broker runs, so that its patterns and aliases were not compared with "
                 "lines\n";
    return;
  }
  for (const std::string& remark : core::remarks(policy, *lines)) {
    std::cout << "note: " << printable(remark) << '\n';
  }
}

Json json_of(const config::Problem& problem) {
  return {{"file", problem.file}, {"place", problem.place}, {"message", problem.message}};
}

int check(const CommonOptions& common, const std::vector<std::string>& paths) {
  config::Problems problems;
  for (const std::string& path : paths) {
    const auto loaded = load(path);
    if (!loaded) {
      problems.insert(problems.end(), loaded.error().begin(), loaded.error().end());
    } else if (!common.json) {
      print_good(path, *loaded);
      print_remarks(common, loaded->policy);
    }
  }
  Json json = Json::array();
  for (const config::Problem& problem : problems) {
    json.add(json_of(problem));
    if (!common.json) std::cout << printable(to_text(problem)) << '\n';
  }
  if (common.json) print(json);
  return problems.empty() ? kOk : kFailed;
}

}  // namespace

void add_config(Verb& root) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  Verb configuration = root.add_verb("config", "the daemon's configuration");
  configuration.require_verb();
  Verb verb = configuration.add_verb("check",
                                     "say what is wrong with configurations, and to a running "
                                     "broker's lines what fits none of them");
  verb.add("PATH", *paths,
           "a file, or a folder with config.json and config.d; each by itself (default: " +
               std::string(config::kDefaultFolder) + ")");
  verb.does([paths](const CommonOptions& common) {
    if (paths->empty()) paths->emplace_back(config::kDefaultFolder);
    return check(common, *paths);
  });
}

}  // namespace gpiobroker::cli
