// SPDX-License-Identifier: GPL-2.0-or-later
// Each call to the kernel's chips fails in turn, in each way, in all that a lease goes through.
#include <cerrno>

#include "harness/broker_test.h"
#include "kernel/kernel_view.h"
#include "kernel/shared_faults.h"

namespace gpiobroker::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<std::string> kNames{"GPIO17", "EXP3"};
constexpr std::array<Pin, 2> kPins{kGpio17, kExp3};

/// Made before the daemon that it is for.
class WithFaults {
 protected:
  Faults faults_;
};

class AFailingChip : protected WithFaults,
                     public BrokerTest,
                     public testing::WithParamInterface<Fault> {
 protected:
  AFailingChip() : BrokerTest(faults_.wrapper()) {}

  /// Whether the broker says that it could not reset the line.
  [[nodiscard]] bool is_quarantined(Pin pin) {
    const std::string path =
        "/org/gpiobroker1/chips/" + board_->chip_name(pin.chip) + "/" + std::to_string(pin.offset);
    const Json known = properties(kManagerPath, kManager).at("QuarantinedLines");
    return std::ranges::count(known, Json(path)) > 0;
  }

  /// Of lines that nobody leases.
  void expect_safe_or_quarantined() {
    for (const Pin each : kPins) EXPECT_TRUE(!is_driven(*board_, each) || is_quarantined(each));
  }

  /// Nobody has it. The broker goes on holding what it could not ask for its direction.
  [[nodiscard]] bool can_be_leased(const std::string& name) {
    const Json state = line(name).at("State");
    return state == "free" || state == "kept";
  }

  void expect_recovery() {
    faults_.disarm();
    EXPECT_TRUE(eventually([this] {
      return std::ranges::all_of(kNames,
                                 [this](const std::string& name) { return can_be_leased(name); });
    }));
    for (const Pin each : kPins) EXPECT_FALSE(is_driven(*board_, each));
    EXPECT_THAT(lease_paths(), IsEmpty());
  }

  /// Does `deed(client, arm)` with each call that it makes failing in turn; then the client is
  /// gone, still with the fault if that stays.
  template <class Deed>
  void with_each_call_failing(Deed deed) {
    unsigned n = 0;
    for (bool struck = true; struck && !HasFailure();) {
      ++n;
      SCOPED_TRACE(n);
      ClientProcess client = this->client();
      deed(client, [&] { faults_.arm(n, GetParam()); });
      client.kill();
      wait_for_goodbye(client);
      struck = faults_.struck();
      expect_safe_or_quarantined();
      expect_recovery();
    }
    std::cout << n - 1 << " calls failed in turn\n";
    EXPECT_GT(n, 1U);
  }
};

TEST_P(AFailingChip, NeverHasALeaseGrantedThatIsNotDriven) {
  with_each_call_failing([this](ClientProcess& client, auto arm) {
    arm();
    const Reply reply = client.acquire(kNames, driven_high());
    if (!reply.error.empty()) return expect_safe_or_quarantined();
    for (const Pin each : kPins) EXPECT_TRUE(is_driven(*board_, each));
  });
}

TEST_P(AFailingChip, NeverHasALevelSetThatIsNotThere) {
  with_each_call_failing([this](ClientProcess& client, auto arm) {
    const std::string lease = lease_in(client.acquire(kNames, driven_high()));
    arm();
    const Reply reply = client.set_values(lease, {{"GPIO17", 0}, {"EXP3", 0}});
    if (!reply.error.empty()) return;
    for (const Pin each : kPins) {
      EXPECT_THAT(debug_text(board_->chip_name(each.chip), each.offset), HasSubstr("output-low"));
    }
  });
}

TEST_P(AFailingChip, NeverHasADirectionChangedThatIsNotThere) {
  with_each_call_failing([this](ClientProcess& client, auto arm) {
    const std::string lease = lease_in(client.acquire(kNames, driven_high()));
    arm();
    const Reply reply = client.reconfigure(lease, {}, {{"direction", v("s", "input")}});
    if (!reply.error.empty()) return;
    for (const Pin each : kPins) EXPECT_FALSE(is_driven(*board_, each));
  });
}

TEST_P(AFailingChip, NeverHasALineReleasedThatIsStillDrivenUnbeknown) {
  with_each_call_failing([this](ClientProcess& client, auto arm) {
    const std::string lease = lease_in(client.acquire(kNames, driven_high()));
    arm();
    EXPECT_THAT(client.release(lease), Succeeded());
    expect_safe_or_quarantined();
  });
}

TEST_P(AFailingChip, NeverHasALineReleasedBesideItsNeighbourUnbeknown) {
  with_each_call_failing([this](ClientProcess& client, auto arm) {
    const std::string lease = lease_in(client.acquire({"GPIO17", "GPIO27", "EXP3"}, driven_high()));
    arm();
    EXPECT_THAT(client.release(lease, {"GPIO17"}), Succeeded());
    EXPECT_TRUE(!is_driven(*board_, kGpio17) || is_quarantined(kGpio17));
    EXPECT_TRUE(is_driven(*board_, kGpio27)) << "its neighbour's";
  });
}

TEST_P(AFailingChip, NeverHasALineOfADeadClientDrivenUnbeknown) {
  with_each_call_failing([](ClientProcess& client, auto arm) {
    ASSERT_THAT(client.acquire(kNames, driven_high()), Succeeded());
    arm();
  });
}

TEST_P(AFailingChip, IsToldOfUntilItIsMended) {
  ClientProcess client = this->client();
  ASSERT_THAT(client.acquire(kNames, driven_high()), Succeeded());
  Fault fault = GetParam();
  fault.all_after = true;
  faults_.arm(1, fault);
  client.kill();
  wait_for_goodbye(client);
  for (const Pin each : kPins) EXPECT_TRUE(is_quarantined(each));
  EXPECT_TRUE(eventually([this] { return daemon_.log().find("quarantine") != std::string::npos; }));
  expect_recovery();
}

std::string name_of(const testing::TestParamInfo<Fault>& each) {
  std::string name = strerrorname_np(each.param.error);
  if (each.param.all_after) name += "FromThenOn";
  if (each.param.takes_effect) name += "AfterTheEffect";
  return name;
}

// Looks are most of the calls and fail alike, so that it is enough to have them fail in some ways.
INSTANTIATE_TEST_SUITE_P(
    Errors, AFailingChip,
    testing::Values(Fault{.error = EIO}, Fault{.error = EIO, .all_after = true},
                    Fault{.error = EIO, .takes_effect = true, .spares_looks = true},
                    Fault{.error = EBUSY, .spares_looks = true},
                    Fault{.error = EINVAL, .spares_looks = true},
                    Fault{.error = ENODEV, .spares_looks = true},
                    Fault{.error = ENODEV, .all_after = true}),
    name_of);

class AChipThatDoesNotTellOfALine : protected WithFaults, public BrokerTest {
 protected:
  AChipThatDoesNotTellOfALine() : BrokerTest(faults_.wrapper()) {}

  [[nodiscard]] Json line_among_all(Pin pin) {
    const std::string path =
        "/org/gpiobroker1/chips/" + board_->chip_name(pin.chip) + "/" + std::to_string(pin.offset);
    return everything().at(path).at(kLine);
  }

  [[nodiscard]] bool is_logged(const std::string& words) const {
    return daemon_.log().find(words) != std::string::npos;
  }
};

TEST_F(AChipThatDoesNotTellOfALine, KeepsNobodyFromHearingOfAllOthers) {
  faults_.hide(kGpio17.offset);
  const Json hidden = line_among_all(kGpio17);
  EXPECT_EQ(hidden.at("Name"), "GPIO17");
  EXPECT_EQ(hidden.at("State"), "unknown");
  EXPECT_EQ(hidden.at("Direction"), "unknown");
  EXPECT_EQ(hidden.at("Used"), true);
  EXPECT_EQ(line_among_all(kGpio27).at("State"), "free");
  EXPECT_EQ(line_among_all(kExp3).at("Direction"), "input");
}

TEST_F(AChipThatDoesNotTellOfALine, HasItSaidInTheLogOnceAndWhenItTellsAgain) {
  faults_.hide(kGpio17.offset);
  for (int i = 0; i < 10; ++i) (void)everything();
  EXPECT_TRUE(eventually([this] { return is_logged("17 is shown as unknown: "); }));
  faults_.show();
  EXPECT_EQ(line_among_all(kGpio17).at("State"), "free");
  EXPECT_TRUE(eventually([this] { return is_logged("'GPIO17' is known again"); }));
  const std::string log = daemon_.log();
  EXPECT_EQ(log.find("shown as unknown"), log.rfind("shown as unknown"));
}

TEST_F(AChipThatDoesNotTellOfALine, HasItAnnouncedOnceItTellsAgain) {
  ClientProcess client = this->client();
  client.watch("type='signal',interface='org.freedesktop.DBus.Properties',path='" +
               line_path("GPIO17") + "'");
  faults_.hide(kGpio17.offset);
  (void)everything();
  faults_.show();
  (void)everything();
  Json seen = Json::array();
  EXPECT_TRUE(eventually([&] {
    seen = client.signals();
    return !seen.empty();
  }));
  EXPECT_EQ(seen.at(0).at("arguments").at(1).at("Direction"), "input") << seen;
}

TEST_F(AChipThatDoesNotTellOfALine, KeepsALeasedLinesStateKnown) {
  ClientProcess client = this->client();
  ASSERT_THAT(client.acquire({"GPIO17"}, driven_high()), Succeeded());
  faults_.hide(kGpio17.offset);
  EXPECT_EQ(line_among_all(kGpio17).at("State"), "leased");
  EXPECT_EQ(line_among_all(kGpio17).at("Direction"), "unknown");
  faults_.show();  // to be reset and found so
}

class ASlowChip : protected WithFaults, public BrokerTest {
 protected:
  ASlowChip() : BrokerTest(faults_.wrapper()) {}
};

TEST_F(ASlowChip, KeepsNobodyFromItsAnswerNorALineFromItsReset) {
  constexpr unsigned kCalls = 12;
  constexpr unsigned kSlow = 50;  // far below what the broker waits for, on a busy machine too
  for (unsigned n = 1; n <= kCalls; ++n) {
    SCOPED_TRACE(n);
    ClientProcess slowed = client();
    ClientProcess other = client();
    faults_.arm(n, {.milliseconds = kSlow});
    slowed.send(acquiring(kNames, driven_high()));
    slowed.wait_for_bus();
    EXPECT_THAT(other.acquire({"GPIO27"}, driven_high()), Succeeded());
    slowed.kill();
    other.kill();
    wait_for_goodbye(slowed);
    wait_for_goodbye(other);
    for (const Pin each : {kGpio17, kGpio27, kExp3}) {
      EXPECT_TRUE(eventually([&] { return is_safe(each); })) << each.offset;
    }
  }
}

}  // namespace
}  // namespace gpiobroker::test
