// SPDX-License-Identifier: GPL-2.0-or-later
// Exit statuses are part of the command's interface.
#include "cli/exit_status.h"

#include <gtest/gtest.h>

namespace gpiobroker::cli {
namespace {

TEST(TheExitStatus, TellsWhatAScriptCanDoAbout) {
  EXPECT_EQ(exit_status_of("InvalidSetting"), 2);
  EXPECT_EQ(exit_status_of("Busy"), 3);
  EXPECT_EQ(exit_status_of("InUse"), 3);
  EXPECT_EQ(exit_status_of("ServesPeripheral"), 3);
  EXPECT_EQ(exit_status_of("AccessDenied"), 4);
  EXPECT_EQ(exit_status_of("Denied"), 4);
  EXPECT_EQ(exit_status_of("QuotaExceeded"), 4);
  EXPECT_EQ(exit_status_of("Disconnected"), 5);
  EXPECT_EQ(exit_status_of("NoBroker"), 5);
  EXPECT_EQ(exit_status_of("BadConfiguration"), 5);
}

TEST(TheExitStatus, IsAPlainFailureForReasonsThatAreNotKnown) {
  EXPECT_EQ(exit_status_of("NoSuchLine"), 1);
  EXPECT_EQ(exit_status_of("SomethingNewerBrokersSay"), 1);
}

}  // namespace
}  // namespace gpiobroker::cli
