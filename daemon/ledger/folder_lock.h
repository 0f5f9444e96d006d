// SPDX-License-Identifier: GPL-2.0-or-later
// Lets one broker have a state folder: two with one ledger would sweep each other's lines.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace gpiobroker::ledger {

/// Held until it ends; the kernel lets go of it with the process, however that dies (flock(2)).
class FolderLock {
 public:
  /// Refused: in_use, if another process has it; not_recorded, if there can be no lock file.
  [[nodiscard]] static core::Result<FolderLock> take(const std::filesystem::path& folder);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}

  int fd_;
};

}  // namespace gpiobroker::ledger
