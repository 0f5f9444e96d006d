// SPDX-License-Identifier: GPL-2.0-or-later
// ExplainPolicy tells what happens: to a thousand random questions, of several users.
#include <array>
#include <random>

#include <unistd.h>

#include "harness/broker_test.h"
#include "harness/command.h"
#include "harness/file_descriptor.h"

namespace gpiobroker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr unsigned kDiceSeed = 20260801;
constexpr uid_t kBin = 2;  // another user that every system has

/// Not a distribution: those differ between standard libraries.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  unsigned below(std::size_t limit) { return static_cast<unsigned>(random_() % limit); }
  bool one_in(unsigned n) { return below(n) == 0; }

  template <class List>
  const auto& of(const List& list) {
    return list.at(below(list.size()));
  }

 private:
  std::mt19937 random_;
};

const std::array<uid_t, 4> kUsers{kRoot, kSomebodyElse, kBin, kNobody};
const std::vector<std::string> kPatterns{
    "GPIO2", "GPIO1*", "GPIO2..GPIO9",    "GPIO2[0-4]", "EXP*", "EXP0..EXP3",
    "*",     "lamp",   "gpiochip*:10-20", "*:5",        "GPIO?"};

Json random_rule(Dice& dice, unsigned number) {
  Json rule = {{"name", "rule " + std::to_string(number)},
               {"verbs", dice.one_in(3) ? Json::array({"read"}) : Json::array({"lease", "read"})},
               {"lines", Json::array({dice.of(kPatterns), dice.of(kPatterns)})},
               {"allow", !dice.one_in(4)}};
  if (!dice.one_in(3)) rule["users"] = {dice.of(kUsers), dice.of(kUsers)};
  if (dice.one_in(3)) rule["groups"] = {dice.of(kUsers)};  // each has the group of its number
  if (dice.one_in(10)) rule["units"] = {"*"};
  return rule;
}

std::string random_configuration() {
  Dice dice(kDiceSeed);
  Json configuration = {
      {"aliases", {{"lamp", "GPIO22"}, {"pump", "EXP3"}}},
      {"lines", Json::array({{{"match", {"GPIO3", "EXP7"}}, {"protected", "a test"}}})},
      {"quotas", {{"exempt", kUsers}}}};
  for (unsigned i = 0; i < 20; ++i) configuration["rules"].push_back(random_rule(dice, i));
  return configuration.dump();
}

class ExplainPolicy : public BrokerTest {
 protected:
  ExplainPolicy() : BrokerTest({}, random_configuration()) {}

  Reply explain(uid_t user, const std::string& line, const std::string& verb) {
    return observer_.call(on_manager("ExplainPolicy", "uausss",
                                     Json::array({user, groups_of(user), "", line, verb})));
  }

  /// Those of the test's own, where a client stays who the test is, else one.
  static Json groups_of(uid_t user) {
    if (user != geteuid()) return Json::array({user});
    std::vector<gid_t> groups(static_cast<std::size_t>(getgroups(0, nullptr)));
    checked(getgroups(static_cast<int>(groups.size()), groups.data()), "getgroups");
    groups.push_back(getegid());
    return groups;
  }

  [[nodiscard]] std::string some_line(Dice& dice) const {
    const unsigned exp = dice.below(8);
    const unsigned gpio = 2 + dice.below(26);
    switch (dice.below(6)) {
      case 0: return "EXP" + std::to_string(exp);
      case 1: return board_->chip_name(kExpander) + ":" + std::to_string(exp);
      case 2: return board_->chip_name(kHeader) + ":" + std::to_string(gpio);
      case 3: return dice.one_in(2) ? "lamp" : "pump";
      default: return "GPIO" + std::to_string(gpio);
    }
  }

  static Reply do_it(ClientProcess& client, const std::string& line, const std::string& verb) {
    const Call read = on_manager("ReadLines", "asa{sv}", Json::array({{line}, Settings{}}));
    Reply reply = verb == "read" ? client.call(read) : client.acquire({line}, {});
    EXPECT_THAT(client.release_lines({}), Succeeded());
    return reply;
  }
};

TEST_F(ExplainPolicy, AgreesWithWhatHappensInAThousandRandomCases) {
  std::map<uid_t, ClientProcess> clients;
  for (const uid_t user : kUsers) clients.try_emplace(user, bus_.address(), user);
  Dice dice(kDiceSeed + 1);
  std::map<bool, int> count;
  for (int i = 0; i < 1000; ++i) {
    const uid_t user = dice.of(kUsers);
    const std::string line = some_line(dice);
    const std::string verb = dice.one_in(4) ? "read" : "lease";
    const Reply verdict = explain(user, line, verb);
    ASSERT_THAT(verdict, Succeeded());
    const bool allowed = verdict.values.at(0);
    const Reply happened = do_it(clients.at(user), line, verb);
    const std::string why = verdict.values.at(2);
    if (allowed) {
      ASSERT_THAT(happened, Succeeded()) << why;
    } else {
      ASSERT_THAT(happened, RefusedFor("Denied", why));
    }
    ++count[allowed];
  }
  EXPECT_GT(count[true], 200);
  EXPECT_GT(count[false], 200);
}

TEST_F(ExplainPolicy, NamesWhatItDoesNotKnow) {
  EXPECT_THAT(explain(kNobody, "GPIO17", "leese"),
              RefusedFor("InvalidValue", AllOf(HasSubstr("'leese'"), HasSubstr("read, lease"))));
  EXPECT_THAT(explain(kNobody, "GPIO99", "lease"), RefusedFor("NoSuchLine"));
}

class TheCommand : public BrokerTest {
 protected:
  TheCommand()
      : BrokerTest({}, R"({"rules": [
          {"name": "nobody drives", "users": [65534], "lines": ["GPIO17"], "verbs": ["lease"],
           "allow": true},
          {"name": "the fan's", "units": ["fan.service"], "verbs": ["lease"], "allow": true},
          {"name": "group two", "groups": [2], "verbs": ["persist"], "allow": true}]})") {}

  [[nodiscard]] CommandEnd explain(const std::vector<std::string>& words) const {
    std::vector<std::string> arguments{"--address", bus_.address(), "policy", "explain"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return run_command("gpiobroker", arguments);
  }

  static void expect(const CommandEnd& command, int status, const std::string& words) {
    EXPECT_EQ(command.end, exited(status));
    EXPECT_THAT(command.output, HasSubstr(words));
  }
};

TEST_F(TheCommand, ExplainsWhatIsAllowed) {
  expect(explain({"65534", "GPIO17", "lease"}), 0, "rule 'nobody drives' allows it");
  expect(explain({"nobody", "GPIO17", "lease"}), 0, "user 65534 may lease");
}

TEST_F(TheCommand, ExplainsWhatIsDenied) {
  expect(explain({"nobody", "GPIO27", "lease"}), 4, "user 65534 may not lease");
}

TEST_F(TheCommand, ExplainsWhatAUnitMayDo) {
  expect(explain({"nobody", "GPIO27", "lease", "--unit", "fan.service"}), 0,
         "in unit 'fan.service'");
}

TEST_F(TheCommand, KnowsTheGroupsOfAUser) {
  expect(explain({"bin", "GPIO27", "persist"}), 0, "rule 'group two' allows it");
}

TEST_F(TheCommand, ExplainsInJson) {
  const CommandEnd command = explain({"nobody", "GPIO17", "lease", "--json"});
  EXPECT_EQ(Json::parse(command.output).at("rule"), "nobody drives");
}

TEST_F(TheCommand, SaysWhatItCannotExplain) {
  expect(explain({"no-such-user", "GPIO17", "lease"}), 1, "there is no user 'no-such-user'");
  expect(explain({"nobody", "GPIO99", "lease"}), 1, "line 'GPIO99' not found");
  expect(explain({"nobody", "GPIO17", "leese"}), 2, "verb 'leese' is not accepted");
}

}  // namespace
}  // namespace gpiobroker::test
