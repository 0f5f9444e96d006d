// SPDX-License-Identifier: GPL-2.0-or-later
// Loading, logging, and words for a failure.
#include "app/load_policy.h"

#include <spdlog/spdlog.h>

#include "app/startup_error.h"
#include "config/configuration.h"

namespace gpiobroker::app {

config::Checked<core::Policy> load_policy(const std::filesystem::path& folder) {
  const config::Accounts accounts = config::system_accounts();
  auto loaded =
      folder.empty() ? config::load_files({}, accounts) : config::load_folder(folder, accounts);
  if (!loaded) return config::Wrong(std::move(loaded.error()));
  for (const std::string& file : loaded->files) spdlog::info("configuration from {}", file);
  return std::move(loaded->policy);
}

core::Policy load_policy_or_fail(const std::filesystem::path& folder) {
  auto policy = load_policy(folder);
  if (policy) return std::move(*policy);
  std::string words = "the configuration is wrong; mend it (gpiobroker config check " +
                      folder.string() + " tells when it is right):";
  for (const config::Problem& problem : policy.error()) words += "\n  " + to_text(problem);
  throw StartupError(words);
}

}  // namespace gpiobroker::app
