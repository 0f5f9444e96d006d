// SPDX-License-Identifier: GPL-2.0-or-later
// Each file in the folder `bad` says in comments what is to be said of it, one line a problem:
//
//     // says: PLACE: MESSAGE
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "config/configuration.h"
#include "config/test_accounts.h"

namespace gpiobroker::test {
namespace {

using Lines = std::vector<std::string>;

Lines promised_by(const std::string& file) {
  const std::string mark = "// says: ";
  Lines lines;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with(mark)) lines.push_back(line.substr(mark.size()));
  }
  return lines;
}

Lines said_of(const std::string& file) {
  Lines lines;
  const auto loaded = config::load_files({file}, test_accounts());
  if (loaded) return lines;
  for (const config::Problem& problem : loaded.error()) {
    EXPECT_EQ(problem.file, file);
    lines.push_back((problem.place.empty() ? "" : problem.place + ": ") + problem.message);
  }
  return lines;
}

std::string name_of(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem();
  std::ranges::replace(name, '-', '_');
  return name;
}

std::vector<std::filesystem::path> bad_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(GPIOBROKER_BAD_FILES)) {
    files.push_back(file);
  }
  std::ranges::sort(files);
  return files;
}

class ABadFile : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(ABadFile, IsRefusedWithEverythingThatIsWrongWithIt) {
  const Lines promised = promised_by(GetParam());
  ASSERT_FALSE(promised.empty()) << "the file does not say what is wrong with it";
  EXPECT_THAT(said_of(GetParam()), testing::ElementsAreArray(promised));
}

INSTANTIATE_TEST_SUITE_P(In, ABadFile, testing::ValuesIn(bad_files()), name_of);

}  // namespace
}  // namespace gpiobroker::test
