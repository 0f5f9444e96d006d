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

/// None is needed where the daemon looks by itself; what somebody names should be there.
bool is_without_configuration(const std::string& path) {
  std::error_code unknown;
  return path == config::kDefaultFolder && !std::filesystem::exists(path, unknown) && !unknown;
}

config::Checked<config::Configuration> load(const std::string& path) {
  std::error_code unknown;
  const config::Accounts accounts = config::system_accounts();
  const bool is_folder =
      std::filesystem::is_directory(path, unknown) || is_without_configuration(path);
  return is_folder ? config::load_folder(path, accounts) : config::load_files({path}, accounts);
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

Json json_of(const config::Problem& problem, bool is_warning) {
  Json json{{"file", problem.file}, {"place", problem.place}, {"message", problem.message}};
  if (is_warning) json.add("warning", true);
  return json;
}

/// What is to be said of configurations: all that is wrong, and what may not be meant.
class Findings {
 public:
  explicit Findings(bool in_json) : in_json_(in_json) {}

  void add(const config::Problems& problems, bool are_warnings) {
    any_wrong_ |= !are_warnings && !problems.empty();
    for (const config::Problem& problem : problems) {
      json_.add(json_of(problem, are_warnings));
      if (in_json_) continue;
      std::cout << (are_warnings ? "warning: " : "") << printable(to_text(problem)) << '\n';
    }
  }

  [[nodiscard]] bool any_wrong() const { return any_wrong_; }
  [[nodiscard]] const Json& json() const { return json_; }

 private:
  bool in_json_;
  bool any_wrong_ = false;
  Json json_ = Json::array();
};

int check(const CommonOptions& common, const std::vector<std::string>& paths) {
  Findings findings(common.json);
  config::Problems wrong;
  for (const std::string& path : paths) {
    const auto loaded = load(path);
    if (!loaded) {
      wrong.insert(wrong.end(), loaded.error().begin(), loaded.error().end());
      continue;
    }
    if (!common.json) print_good(path, *loaded);
    findings.add(loaded->warnings, true);
    if (!common.json) print_remarks(common, loaded->policy);
  }
  findings.add(wrong, false);
  if (common.json) print(findings.json());
  return findings.any_wrong() ? kFailed : kOk;
}

}  // namespace

void add_config(Verb& root) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  Verb configuration = root.add_verb("config", "the daemon's configuration");
  configuration.require_verb();
  Verb verb = configuration.add_verb("check",
                                     "say what is wrong with configurations, and to a running "
                                     "broker's lines what fits none of them");
  verb.add_paths("PATH", *paths,
                 "a file, or a folder with config.json and config.d; each by itself (default: " +
                     std::string(config::kDefaultFolder) + ")");
  verb.does([paths](const CommonOptions& common) {
    if (paths->empty()) paths->emplace_back(config::kDefaultFolder);
    return check(common, *paths);
  });
}

}  // namespace gpiobroker::cli
