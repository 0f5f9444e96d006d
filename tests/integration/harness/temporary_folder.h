// SPDX-License-Identifier: GPL-2.0-or-later
// A folder that ends with the test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "harness/file_descriptor.h"

namespace gpiobroker::test {

/// Every user may look into it and reach the sockets in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = std::filesystem::temp_directory_path() / "gpiobroker-test.XXXXXX";
    if (mkdtemp(name.data()) == nullptr) checked(-1, "mkdtemp");
    path_ = name;
    std::filesystem::permissions(path_, std::filesystem::perms(0755));
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::string file(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace gpiobroker::test
