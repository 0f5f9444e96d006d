// SPDX-License-Identifier: GPL-2.0-or-later
// Commands that are called what no command should be called: everybody is served all the same.
#include <sstream>

#include "harness/broker_test.h"
#include "support/hostile_names.h"

namespace gpiobroker::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class AnOddCommand : public BrokerTest {
 protected:
  /// As much of a name as the kernel keeps of a command's.
  static void rename(ClientProcess& odd, std::string_view bytes) {
    odd.rename(std::string(bytes.substr(0, 15)));
  }

  /// Each line of the log begins with its time.
  void expect_one_line_an_event() const {
    std::istringstream log(daemon_.log());
    for (std::string line; std::getline(log, line);) {
      EXPECT_THAT(line.substr(0, 13), testing::MatchesRegex("[0-9:.]+ ?")) << line;
    }
  }
};

TEST_F(AnOddCommand, HoldsALineLikeAnyOther) {
  for (const std::string_view bytes : kHostileNames) {
    SCOPED_TRACE(std::string(bytes));
    ClientProcess odd = client();
    rename(odd, bytes);
    const std::string lease = lease_in(odd.acquire({"GPIO17"}, driven_high()));
    EXPECT_THAT(lease_paths(), ElementsAre(lease));
    EXPECT_TRUE(properties(lease, kLease).at("HolderCommand").is_string());
    EXPECT_THAT(line("GPIO17").at("Consumer").get<std::string>(), StartsWith("gpiobroker:"));
    EXPECT_THAT(observer_.acquire({"GPIO17"}, {}), RefusedFor("Busy", HasSubstr("command")));
    odd.kill();
    wait_for_goodbye(odd);
    EXPECT_TRUE(is_safe(kGpio17));
  }
  EXPECT_THAT(lease_paths(), IsEmpty());
  expect_one_line_an_event();
}

TEST_F(AnOddCommand, IsShownWithWhatIsNoTextEscaped) {
  for (const auto& [bytes, name] : std::vector<std::pair<std::string_view, std::string>>{
           {"bewaesserung-s\xc3\xbc"sv, "bewaesserung-s\\xc3"},  // cut in the middle of the umlaut
           {"T\xfcr"sv, "T\\xfcr"},
           {"x\xef\xbf\xbe"sv, "x\\xef\\xbf\\xbe"},
           {"a\nb"sv, "a\\x0ab"},
           {"back\\slash"sv, "back\\x5cslash"},
           {"L\xc3\xbc"
            "fter"sv,
            "L\xc3\xbc"
            "fter"}}) {
    ClientProcess odd = client();
    rename(odd, bytes);
    const std::string lease = lease_in(odd.acquire({"GPIO17"}, driven_high()));
    EXPECT_EQ(properties(lease, kLease).at("HolderCommand"), name);
    EXPECT_EQ(line("GPIO17").at("Consumer"), "gpiobroker:" + name);
    odd.kill();
    wait_for_goodbye(odd);
  }
}

TEST_F(AnOddCommand, IsAnnouncedToThoseWhoWatch) {
  observer_.watch("type='signal',interface='org.freedesktop.DBus.ObjectManager'");
  ClientProcess odd = client();
  rename(odd, "x\xef\xbf\xbe");
  const std::string lease = lease_in(odd.acquire({"GPIO17"}, driven_high()));
  EXPECT_TRUE(eventually([&] {
    for (const Json& signal : observer_.signals()) {
      if (signal.at("member") == "InterfacesAdded" && signal.at("arguments").at(0) == lease) {
        return true;
      }
    }
    return false;
  }));
}

}  // namespace
}  // namespace gpiobroker::test
