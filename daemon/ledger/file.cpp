// SPDX-License-Identifier: GPL-2.0-or-later
// Writes a draft beside the ledger, and renames it when it is complete.
#include "ledger/file.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace gpiobroker::ledger {
namespace {

core::Refused not_written(const std::filesystem::path& path, const std::error_code& error) {
  return core::refuse(core::Reason::not_recorded, "ledger",
                      "cannot write " + path.string() + " (" + error.message() +
                          "), and what could not be reset after a crash is not driven");
}

std::error_code last_error() {
  return {errno, std::generic_category()};
}

}  // namespace

File::File(const std::filesystem::path& folder)
    : path_(folder / "ledger.json"), draft_(folder / "ledger.json.new") {}

core::Result<std::optional<Document>> File::read() const {
  if (!std::filesystem::exists(path_)) return std::nullopt;
  std::ifstream file(path_, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto document = parse(text);
  if (!document) return core::Refused(document.error());
  return std::move(*document);
}

core::Result<void> File::write(const Document& document) {
  std::ofstream draft(draft_, std::ios::binary | std::ios::trunc);
  draft << to_text(document);
  draft.close();
  if (!draft) return not_written(draft_, last_error());
  std::error_code error;
  std::filesystem::rename(draft_, path_, error);
  if (error) return not_written(path_, error);
  return {};
}

std::filesystem::path File::set_aside() const {
  std::filesystem::path aside = path_;
  aside += ".unreadable";
  std::error_code error;
  std::filesystem::rename(path_, aside, error);
  return aside;
}

}  // namespace gpiobroker::ledger
