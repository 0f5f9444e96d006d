// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a configuration folder, and their order.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "config/configuration.h"
#include "config/test_accounts.h"

namespace gpiobroker::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AConfigurationFolder : public testing::Test {
 protected:
  AConfigurationFolder() {
    std::string name = fs::temp_directory_path() / "gpiobroker-config.XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    folder_ = name;
  }
  ~AConfigurationFolder() override { fs::remove_all(folder_); }

  void write(const fs::path& file, const std::string& text = "{}") const {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file) << text;
  }

  /// The files that are read, as seen from the folder.
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    const auto loaded = config::load_folder(folder_, test_accounts());
    for (const std::string& file : loaded.value().files) {
      names.push_back(fs::path(file).lexically_relative(folder_));
    }
    return names;
  }

  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> texts;
    const auto loaded = config::load_folder(folder_, test_accounts());
    if (loaded) return texts;
    for (const config::Problem& problem : loaded.error()) texts.push_back(to_text(problem));
    return texts;
  }

  fs::path folder_;
};

TEST_F(AConfigurationFolder, ThatCannotBeReadIsAProblem) {
  fs::create_symlink("config.d", folder_ / "config.d");
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("cannot be read: Too many levels of symbolic")));
}

TEST_F(AConfigurationFolder, MayBeEmptyOrMissing) {
  EXPECT_THAT(files(), IsEmpty());
  fs::remove(folder_);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(AConfigurationFolder, IsReadInTheOrderOfNames) {
  write("config.d/20-b.json");
  write("config.d/10-a.json");
  write("config.json");
  write("config.d/Z.json");
  EXPECT_THAT(files(), ElementsAre("config.json", "config.d/10-a.json", "config.d/20-b.json",
                                   "config.d/Z.json"));
}

TEST_F(AConfigurationFolder, MayHaveOtherFilesBeside) {
  write("README", "no JSON");
  write("config.d/10-a.json.dpkg-old", "no JSON");
  write("config.d/.10-a.json", "no JSON");
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(AConfigurationFolder, HasAllItsProblemsReportedWithTheirFiles) {
  write("config.json", "{\n  rules\n}");
  write("config.d/10-a.json", R"({"rules": [{"name": "a", "verbs": ["leese"], "allow": true}]})");
  write("config.d/20-b.json", R"({"lines": [{"match": ["gpiochip0:x"], "park": true}]})");
  const std::string folder = folder_.string();
  EXPECT_THAT(problems(),
              ElementsAre(HasSubstr(folder + "/config.json:2:3: syntax error while parsing object"),
                          HasSubstr(folder + "/config.d/10-a.json: /rules/0/verbs/0: 'leese' is"),
                          HasSubstr(folder + "/config.d/20-b.json: /lines/0/match/0: ")));
}

TEST_F(AConfigurationFolder, WantsItsFilesToBeFiles) {
  fs::create_directory(folder_ / "config.json");
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("/config.json: is a folder, not a file")));
}

TEST_F(AConfigurationFolder, MissesAFileThatALinkPromises) {
  fs::create_symlink("nowhere", folder_ / "config.json");
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("cannot be read: No such file")));
}

}  // namespace
}  // namespace gpiobroker::test
