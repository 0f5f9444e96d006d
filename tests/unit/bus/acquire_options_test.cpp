// SPDX-License-Identifier: GPL-2.0-or-later
// Options of an acquire that are not what they should be.
#include "bus/wire/access_options.h"
#include "bus/wire/lifetime_options.h"
#include "unit/refusals.h"

namespace gpiobroker::bus {
namespace {

using core::Reason;
using test::RefusedFor;

core::Result<void> access_from(const char* key, const sdbus::Variant& value) {
  Dictionary options{{key, value}};
  core::AcquireRequest request;
  return take_access(options, request);
}

core::Result<LifetimeWish> lifetime_from(const char* key, const sdbus::Variant& value) {
  Dictionary options{{key, value}};
  return take_lifetime(options);
}

TEST(AnOptionOfAccess, IsRefusedWithWhatWouldBeAccepted) {
  EXPECT_THAT(access_from("access", sdbus::Variant(std::string("mine"))),
              RefusedFor(Reason::invalid_setting, "one of: exclusive, shared, observe"));
  EXPECT_THAT(access_from("unobserved", sdbus::Variant(std::string("yes"))),
              RefusedFor(Reason::invalid_setting, "true or false"));
  EXPECT_THAT(access_from("take-from-peripheral", sdbus::Variant(std::int32_t{1})),
              RefusedFor(Reason::invalid_setting, "true or false"));
  for (const std::uint32_t number : {0U, 65537U}) {
    EXPECT_THAT(access_from("event-buffer-size", sdbus::Variant(number)),
                RefusedFor(Reason::invalid_setting, "1 to 65536"));
  }
  EXPECT_THAT(access_from("edge-timeout-ms", sdbus::Variant(std::string("soon"))),
              RefusedFor(Reason::invalid_setting, "edge-timeout-ms"));
}

TEST(AnOptionOfLifetime, IsRefusedWithWhatWouldBeAccepted) {
  EXPECT_THAT(lifetime_from("process", sdbus::Variant(std::uint32_t{0})),
              RefusedFor(Reason::invalid_setting, "a process id"));
  EXPECT_THAT(lifetime_from("process", sdbus::Variant(std::string("init"))),
              RefusedFor(Reason::invalid_setting, "a process id"));
  EXPECT_THAT(lifetime_from("fd", sdbus::Variant(std::int32_t{3})),
              RefusedFor(Reason::invalid_setting, "a file descriptor"));
}

}  // namespace
}  // namespace gpiobroker::bus
