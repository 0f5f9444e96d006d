// SPDX-License-Identifier: GPL-2.0-or-later
// The ledger on disk: read whole, written whole, never found half.
#pragma once

#include <filesystem>
#include <optional>

#include "ledger/document.h"

namespace gpiobroker::ledger {

class File {
 public:
  /// The folder exists. It should be on a tmpfs: what it says is void after a reboot.
  explicit File(const std::filesystem::path& folder);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// What it says; nothing if there is none. Refused: not_recorded, if it cannot be understood.
  [[nodiscard]] core::Result<std::optional<Document>> read() const;

  /// Replaces it by rename(2), so that a reader finds the old one or the new one, whenever the
  /// writer is killed. Refused: not_recorded.
  core::Result<void> write(const Document& document);

  /// Moves one that cannot be understood out of the way, for a person to look at; its new path.
  [[nodiscard]] std::filesystem::path set_aside() const;

 private:
  std::filesystem::path path_;
  std::filesystem::path draft_;
};

}  // namespace gpiobroker::ledger
