// SPDX-License-Identifier: GPL-2.0-or-later
// What is expected of every bad call.
#include "cases/bad_call.h"

namespace gpiobroker::test {
namespace {

Call input_and_output() {
  const Json lines = Json::array({Json::array({"GPIO27", driven_high()}),
                                  Json::array({"GPIO22", {{"direction", v("s", "input")}}})});
  return on_manager("AcquireLinesEach", "a(sa{sv})a{sv}", Json::array({lines, Json::object()}));
}

std::string full_name(const std::string& error) {
  return error.find('.') == std::string::npos ? kErrors + error : error;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const BadCall& bad) {
  return out << bad.name;
}

std::string name_of_bad_call(const testing::TestParamInfo<BadCall>& info) {
  return info.param.name;
}

ABadCall::ABadCall() : lease_(lease_in(client_.call(input_and_output()))) {}

TEST_P(ABadCall, IsRefusedWithItsReasonAndChangesNothing) {
  const Json before = everything();
  Call call = GetParam().call;
  if (call.path == kHeldLease) call.path = lease_;
  const Reply reply = client_.call(call);
  EXPECT_EQ(reply.error, full_name(GetParam().error)) << reply;
  for (const std::string& word : GetParam().words) {
    EXPECT_THAT(reply.message, testing::HasSubstr(word));
  }
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(pin(kGpio27), (PinState{.driven = true, .high = true, .pull = Pull::up}));
  EXPECT_FALSE(pin(kGpio17).driven);
}

}  // namespace gpiobroker::test
