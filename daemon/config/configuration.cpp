// SPDX-License-Identifier: GPL-2.0-or-later
// Finds the files, reads and checks them, and makes a policy of them.
#include "config/configuration.h"

#include <algorithm>
#include <filesystem>

#include "config/interpreter.h"
#include "config/schema.h"
#include "core/base/text.h"

namespace gpiobroker::config {
namespace {

namespace fs = std::filesystem;

bool counts(const fs::path& file) {
  const std::string name = file.filename();
  return name.ends_with(".json") && !name.starts_with('.');
}

void add(Problems& problems, Problems more) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

/// Places and messages quote the files, which may hold anything.
Problems printable(Problems problems) {
  for (Problem& problem : problems) {
    problem.place = core::printable(problem.place);
    problem.message = core::printable(problem.message);
  }
  return problems;
}

/// The documents that could be read and fit the schema.
std::vector<Document> valid_ones(std::vector<Checked<Document>> all, Problems& problems) {
  std::vector<Document> documents;
  for (Checked<Document>& document : all) {
    Problems found = document ? check_schema(*document) : std::move(document.error());
    if (found.empty()) documents.push_back(std::move(*document));
    add(problems, std::move(found));
  }
  return documents;
}

Sources read_files(std::vector<std::string> files) {
  Sources read{.files = std::move(files), .documents = {}};
  for (const std::string& file : read.files) read.documents.push_back(read_document(file));
  return read;
}

}  // namespace

Checked<std::vector<std::string>> files_in(const std::string& folder) {
  try {
    std::vector<std::string> files;
    const fs::path parts = fs::path(folder) / "config.d";
    if (fs::is_directory(parts)) {
      for (const fs::path& file : fs::directory_iterator(parts)) {
        if (counts(file)) files.push_back(file);
      }
    }
    std::ranges::sort(files);
    const fs::path first = fs::path(folder) / "config.json";
    if (fs::exists(fs::symlink_status(first))) files.insert(files.begin(), first);
    return files;
  } catch (const fs::filesystem_error& error) {
    return Wrong(Problems{{folder, "", "cannot be read: " + error.code().message()}});
  }
}

Checked<Interpretation> interpret(std::vector<Checked<Document>> all, const Accounts& accounts) {
  Problems problems;
  const std::vector<Document> documents = valid_ones(std::move(all), problems);
  Interpreter interpreter(accounts);
  for (const Document& document : documents) interpreter.add_aliases(document);
  for (const Document& document : documents) interpreter.add(document);
  add(problems, std::move(interpreter.problems()));
  if (!problems.empty()) return Wrong(printable(std::move(problems)));
  Problems warnings = printable(std::move(interpreter.warnings()));
  return Interpretation{.policy = std::move(interpreter).policy(), .warnings = std::move(warnings)};
}

Checked<Sources> read_folder(const std::string& folder) {
  auto files = folder.empty() ? Checked<std::vector<std::string>>() : files_in(folder);
  if (!files) return Wrong(std::move(files.error()));
  return read_files(std::move(*files));
}

Checked<Configuration> load_files(const std::vector<std::string>& files, const Accounts& accounts) {
  Sources read = read_files(files);
  auto made = interpret(std::move(read.documents), accounts);
  if (!made) return Wrong(std::move(made.error()));
  return Configuration{.policy = std::move(made->policy),
                       .files = std::move(read.files),
                       .warnings = std::move(made->warnings)};
}

Checked<Configuration> load_folder(const std::string& folder, const Accounts& accounts) {
  const auto files = files_in(folder);
  if (!files) return Wrong(files.error());
  return load_files(*files, accounts);
}

}  // namespace gpiobroker::config
