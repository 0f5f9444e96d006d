// SPDX-License-Identifier: GPL-2.0-or-later
// Reads what a client sends: dictionaries become settings, numbers become levels.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "bus/wire/dictionary.h"
#include "bus/wire/lifeline.h"
#include "bus/wire/text.h"
#include "core/lease/acquire_request.h"
#include "core/line/line_with_value.h"
#include "core/line/settings_change.h"

namespace gpiobroker::bus {

/// The settings that a dictionary names. Refused: unknown_setting, invalid_setting, invalid_value.
[[nodiscard]] core::Result<core::SettingsChange> parse_settings(const Dictionary& settings);

/// A request to acquire, and what the lease is to live as long as.
struct LeaseRequest {
  core::AcquireRequest request;
  LifelineWish lifeline;
};

/// A request for lines with common settings; takes "consumer" and the options for its lifetime
/// beside the settings.
[[nodiscard]] core::Result<LeaseRequest> parse_request(const std::vector<std::string>& lines,
                                                       const Dictionary& options);

/// A request for lines with settings of their own, which go over the common ones.
[[nodiscard]] core::Result<LeaseRequest> parse_request(const std::vector<LineWithSettings>& lines,
                                                       const Dictionary& options);

/// Whether a release is of the caller's own lease only, even if the caller is root: "only-own".
[[nodiscard]] core::Result<bool> parse_release_options(Dictionary options);

/// For methods that take options but know none yet.
[[nodiscard]] core::Result<void> expect_no_options(const Dictionary& options);

[[nodiscard]] core::Result<std::vector<core::LineWithValue<std::string>>> parse_values(
    const std::map<std::string, std::int32_t>& values);

[[nodiscard]] std::map<Text, std::int32_t> to_dictionary(
    const std::vector<core::LineWithValue<std::string>>& values);

}  // namespace gpiobroker::bus
