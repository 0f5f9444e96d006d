// SPDX-License-Identifier: LGPL-2.1-or-later
// The verb config check: reads each file as the daemon would, with this system's users and groups.
#include "cli/verbs.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <set>

#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/known_lines.h"
#include "cli/text.h"
#include "config/configuration.h"
#include "core/policy/remarks.h"

namespace gpiobroker::cli {
namespace {

/// The folder where the daemon looks by itself need not be there; what somebody names must.
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

/// Prints remarks, of which none is a fault: a chip may come later.
std::set<std::string> notes_on(const CommonOptions& common, const core::Policy& policy) {
  const auto lines = known_lines(common.address);
  if (lines) return core::remarks(policy, *lines);
  return {"no broker runs, so that its patterns and aliases were not compared with lines"};
}

enum class Kind { fault, warning, note };

Json json_of(const config::Problem& problem, Kind kind) {
  Json json{{"file", problem.file}, {"place", problem.place}, {"message", problem.message}};
  if (kind == Kind::warning) json.add("warning", true);
  if (kind == Kind::note) json.add("note", true);
  return json;
}

/// What there is to tell of configurations: what is wrong, and what may not be meant so.
class Findings {
 public:
  explicit Findings(bool in_json) : in_json_(in_json) {}

  void add(const config::Problems& problems, Kind kind) {
    any_wrong_ |= kind == Kind::fault && !problems.empty();
    for (const config::Problem& problem : problems) {
      json_.add(json_of(problem, kind));
      if (in_json_) continue;
      std::cout << (kind == Kind::warning ? "warning: " : "") << printable(to_text(problem))
                << '\n';
    }
  }

  /// About the configuration at a path as a whole.
  void add(const std::string& path, const std::set<std::string>& notes) {
    for (const std::string& note : notes) {
      json_.add(json_of({.file = path, .place = "", .message = note}, Kind::note));
      if (!in_json_) std::cout << "note: " << printable(note) << '\n';
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
    findings.add(loaded->warnings, Kind::warning);
    findings.add(path, notes_on(common, loaded->policy));
  }
  findings.add(wrong, Kind::fault);
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
