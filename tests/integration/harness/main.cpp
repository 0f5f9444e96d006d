// SPDX-License-Identifier: GPL-2.0-or-later
// Runs the tests.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  std::signal(SIGPIPE, SIG_IGN);  // a test may talk to a client that is gone already
  return RUN_ALL_TESTS();
}
