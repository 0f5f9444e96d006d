// SPDX-License-Identifier: GPL-2.0-or-later
// The calls that the bystander makes in turn, how each is judged, and how long they took.
#include "fuzz/live/bystander.h"

#include <utility>

namespace gpiobroker::fuzz {
namespace {

using test::Json;

constexpr const char* kOwn = "EXP7";
constexpr const char* kOften = "gpiochip1:1";  // of the expander; other chips have an EXP1 too

}  // namespace

Bystander::Bystander(const std::string& bus_address, uid_t user) : client_(bus_address, user) {
  lease_ = test::lease_in(client_.acquire({kOwn}, test::driven_high()));
}

test::Call Bystander::next() {
  switch (turn_++ % 6) {
    case 0:
      high_ = !high_;
      return test::on_lease(lease_, "SetValues", "a{si}",
                            Json::array({Json::object({{kOwn, high_ ? 1 : 0}})}));
    case 1: return test::on_lease(lease_, "GetValues", "as", Json::array({Json::array()}));
    case 2: return test::acquiring({kOften}, test::driven_high());
    case 3:
      if (second_lease_.empty()) return next();
      return test::on_lease(std::exchange(second_lease_, ""), "Release", "asa{sv}",
                            Json::array({Json::array(), Json::object()}));
    case 4: return test::on_manager("FindLine", "s", Json::array({kOwn}));
    default:
      return {.path = lease_,
              .interface = test::kProperties,
              .member = "GetAll",
              .signature = "s",
              .arguments = Json::array({test::kLease})};
  }
}

bench::Microseconds Bystander::work() {
  const test::Call call = next();
  test::Reply reply;
  const bench::Microseconds time = bench::time_of([&] { reply = make(call); });
  // On a bus that lets everybody do anything, anybody may say this of a simulated line.
  EXPECT_THAT(reply, testing::AnyOf(test::Succeeded(), test::RefusedFor("ServesPeripheral")))
      << call.member;
  if (call.member == "AcquireLines" && reply.error.empty()) {
    second_lease_ = test::lease_in(reply);
    ++leases_taken_;
  }
  times_.add(time);
  if (time > slowest_) {
    slowest_ = time;
    slowest_method_ = call.member;
  }
  ask_the_bus();
  return time;
}

void Bystander::ask_the_bus() {
  const test::Call id{.path = "/org/freedesktop/DBus",
                      .interface = "org.freedesktop.DBus",
                      .member = "GetId",
                      .destination = "org.freedesktop.DBus"};
  times_of_the_bus_.add(bench::time_of([&] { (void)client_.call(id); }));
}

/// dbus-daemon turns away what it has no room for, which is counted for whom it is to be delivered
/// to, not for whom it is from.
test::Reply Bystander::make(const test::Call& call) {
  constexpr const char* kNoRoom = "org.freedesktop.DBus.Error.LimitsExceeded";
  test::Reply reply;
  const bool answered = test::eventually([&] {
    reply = client_.call(call);
    if (reply.error != kNoRoom) return true;
    ++turned_away_;
    return false;
  });
  EXPECT_TRUE(answered);
  return reply;
}

void Bystander::report(std::ostream& to) const {
  if (times_.count() == 0) return;
  const auto ms = [](bench::Microseconds time) { return time.count() / 1000; };
  const auto describe = [&](const bench::Samples& times) {
    to << times.count() << " calls, median " << ms(times.median()) << " ms, 99 of 100 "
       << ms(times.p99()) << " ms, slowest " << ms(times.longest()) << " ms";
  };
  to << "bystander: ";
  describe(times_);
  to << " (" << slowest_method_ << "), turned away by the bus and made again " << turned_away_
     << " times\nthe bus itself: ";
  describe(times_of_the_bus_);
  to << '\n';
}

}  // namespace gpiobroker::fuzz
