// SPDX-License-Identifier: GPL-2.0-or-later
// A test's fixture without a test around it.
#pragma once

#include <gtest/gtest.h>

namespace gpiobroker::fuzz {

/// Makes an object of a GoogleTest fixture. What it expects in vain throws.
template <class Fixture>
class World : public Fixture {
 public:
  World() { GTEST_FLAG_SET(throw_on_failure, true); }

 private:
  void TestBody() override {}
};

}  // namespace gpiobroker::fuzz
