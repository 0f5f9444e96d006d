// SPDX-License-Identifier: GPL-2.0-or-later
// How large messages are, looked at without being taken apart.
#include "bus/wire/message_size.h"

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gpiobroker::bus {
namespace {

using testing::AllOf;
using testing::Ge;
using testing::Le;

constexpr std::size_t kMuch = std::size_t{1024} * 1024;

/// On a connection that goes nowhere: nothing is sent.
class AMessage : public testing::Test {
 protected:
  AMessage() {
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends_), 0);
    sd_bus* bus = nullptr;
    EXPECT_GE(sd_bus_new(&bus), 0);
    bus_.reset(bus);
    EXPECT_GE(sd_bus_set_fd(bus, ends_[0], ends_[0]), 0);
    EXPECT_GE(sd_bus_start(bus), 0);
    sd_bus_message* message = nullptr;
    EXPECT_GE(sd_bus_message_new_signal(bus, &message, "/", "a.b", "C"), 0);
    message_.reset(message);
  }
  AMessage(const AMessage&) = delete;
  AMessage& operator=(const AMessage&) = delete;
  ~AMessage() override { close(ends_[1]); }

  void append_strings(const std::vector<std::string>& strings) {
    sd_bus_message_open_container(message_.get(), 'a', "s");
    for (const std::string& each : strings) {
      sd_bus_message_append_basic(message_.get(), 's', each.c_str());
    }
    sd_bus_message_close_container(message_.get());
  }

  /// As one that has come.
  sd_bus_message& sent() {
    EXPECT_GE(sd_bus_message_seal(message_.get(), 1, 0), 0);
    EXPECT_GE(sd_bus_message_rewind(message_.get(), 1), 0);
    return *message_;
  }

  int ends_[2] = {-1, -1};
  std::unique_ptr<sd_bus, decltype(&sd_bus_close_unref)> bus_{nullptr, &sd_bus_close_unref};
  std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)> message_{nullptr,
                                                                            &sd_bus_message_unref};
};

TEST_F(AMessage, WithoutABodyHasThePathAlone) {
  EXPECT_EQ(size_of(sent(), kMuch), 1U);
}

TEST_F(AMessage, IsAsLargeAsItsStrings) {
  append_strings(std::vector<std::string>(100, "0123456789"));
  EXPECT_THAT(size_of(sent(), kMuch), AllOf(Ge(1500U), Le(1700U)));
}

TEST_F(AMessage, IsAsLargeAsItsNumbers) {
  const std::vector<std::uint32_t> numbers(1000);
  sd_bus_message_append_array(message_.get(), 'u', numbers.data(), 4 * numbers.size());
  EXPECT_THAT(size_of(sent(), kMuch), AllOf(Ge(4000U), Le(4010U)));
}

TEST_F(AMessage, IsAsLargeAsWhatItsDictionariesHold) {
  const std::string large(5000, 'x');
  sd_bus_message_append(message_.get(), "a(sa{sv})a{sv}", 1, "GPIO17", 2, "a", "u", 1, "b", "s",
                        large.c_str(), 1, "c", "(ybt)", 1, 1, std::uint64_t{1});
  EXPECT_THAT(size_of(sent(), kMuch), AllOf(Ge(5000U), Le(5200U)));
}

TEST_F(AMessage, IsLookedAtNoFurtherThanNeeded) {
  append_strings(std::vector<std::string>(100'000));
  EXPECT_THAT(size_of(sent(), 1000), AllOf(Ge(1001U), Le(1010U)));
}

TEST_F(AMessage, IsReadFromItsStartAfterwards) {
  append_strings({"GPIO17"});
  sd_bus_message& message = sent();
  for (const std::size_t most : {std::size_t{0}, std::size_t{8}, kMuch}) {
    (void)size_of(message, most);
    EXPECT_GT(sd_bus_message_enter_container(&message, 'a', "s"), 0);
    const char* name = nullptr;
    EXPECT_GT(sd_bus_message_read_basic(&message, 's', static_cast<void*>(&name)), 0);
    EXPECT_STREQ(name, "GPIO17");
    EXPECT_GE(sd_bus_message_rewind(&message, 1), 0);
  }
}

}  // namespace
}  // namespace gpiobroker::bus
