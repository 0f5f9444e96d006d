// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobroker-test-client: does on the bus what it reads from its standard input, a command a line.
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "client/churn.h"
#include "client/connection.h"
#include "client/direct.h"
#include "client/guess.h"
#include "client/race.h"

namespace gpiobroker::test_client {
namespace {

/// With the groups of the account; an id without one has a group of its own.
void become(uid_t user) {
  if (user == geteuid()) return;
  const passwd* account = getpwuid(user);
  const gid_t group = account == nullptr ? user : account->pw_gid;
  const int groups =
      account == nullptr ? setgroups(0, nullptr) : initgroups(account->pw_name, group);
  if (groups != 0 || setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0) {
    throw std::system_error(errno, std::generic_category(), "become another user");
  }
}

/// Some of these clients crash, and are meant to.
void leave_no_core_file() {
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  setrlimit(RLIMIT_CORE, &none);
}

void answer(const Json& value) {
  std::cout << value.dump() << std::endl;
}

void read_until_end() {
  std::string ignored;
  while (std::getline(std::cin, ignored)) {
  }
}

Json fork_and_stay() {
  const pid_t child = fork();
  if (child != 0) return {{"ok", child}};
  read_until_end();
  _exit(EXIT_SUCCESS);
}

/// What the kernel calls this command. The name comes as two digits a byte, for it may be no text.
void rename(const std::string& digits) {
  std::string name;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    name += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  prctl(PR_SET_NAME, name.c_str());
}

void finish(const std::string& how) {
  if (how == "return") std::exit(EXIT_SUCCESS);
  if (how == "exit") _exit(EXIT_SUCCESS);
  if (how == "abort") std::abort();
  if (how == "crash") raise(SIGSEGV);
}

[[noreturn]] void send_and_vanish(Connection& connection, const Json& command) {
  const Message message = connection.new_call(command);
  sd_bus_message_set_expect_reply(message.get(), 0);
  connection.send(message.get());
  _exit(EXIT_SUCCESS);
}

/// A call of ReadLines with a name of so many bytes, which are not sent here one by one.
Json reading_long_name(Json command) {
  const std::string name(command.at("bytes").get<std::size_t>(), 'x');
  command["arguments"] = Json::array({Json::array({name}), Json::object()});
  return command;
}

/// What is done by descriptors of a direct lease; nothing if it is none of that.
Json obey_directly(Connection& connection, const Json& command) {
  static Direct direct;
  const std::string what = command.at("do");
  const std::string line = command.value("line", "");
  if (what == "open-direct") return direct.open(connection, command.at("path"));
  if (what == "close-direct") direct.close();
  if (what == "direct-set") return {{"ok", direct.set(line, command.at("value"))}};
  if (what == "direct-get") return {{"ok", direct.get(line)}};
  if (what == "direct-drive") return {{"ok", direct.drive(line, command.at("value"))}};
  if (what == "direct-input") return {{"ok", direct.make_input(line, command.at("flags"))}};
  if (what == "direct-edge") return {{"ok", direct.read_edge(line)}};
  if (what == "direct-child") return {{"ok", direct.leave_a_child(line, command.at("drives"))}};
  if (what == "direct-toggle") {
    direct.toggle_until_killed(line, command.at("microseconds"), command.at("configures"));
  }
  return {};
}

Json obey(Connection& connection, const Json& command) {
  if (Json done = obey_directly(connection, command); !done.is_null()) return done;
  const std::string what = command.at("do");
  if (what == "introduce") return {{"ok", connection.unique_name()}};
  if (what == "call") return connection.call(connection.new_call(command).get());
  if (what == "prepare") connection.keep(connection.new_call(command));
  if (what == "send") connection.send(connection.new_call(command).get());
  if (what == "ask") connection.ask(connection.new_call(command).get());
  if (what == "send-and-vanish") send_and_vanish(connection, command);
  if (what == "signal") connection.send(connection.new_signal(command).get());
  if (what == "rename") rename(command.at("name"));
  if (what == "watch") connection.watch(command.at("rule"));
  if (what == "refuse-pings") connection.refuse_pings();
  if (what == "pings") return {{"ok", connection.pings()}};
  if (what == "signals") return {{"ok", connection.take_signals()}};
  if (what == "read-long-name") {
    return connection.call(connection.new_call(reading_long_name(command)).get());
  }
  if (what == "guess") {
    return {{"ok", guess(connection, command.at("first"), command.at("count"))}};
  }
  if (what == "race") {
    return {{"ok", race(connection, command.at("line"), command.at("times"))}};
  }
  if (what == "fork") return fork_and_stay();
  if (what == "end") finish(command.at("how"));
  if (what == "churn") {
    churn(connection, command.at("lines"), command.at("seed"), command.at("microseconds"));
  }
  return {{"ok", true}};
}

}  // namespace
}  // namespace gpiobroker::test_client

int main(int argc, char** argv) {
  using namespace gpiobroker::test_client;
  if (argc != 3) {
    std::cerr << "usage: gpiobroker-test-client BUS_ADDRESS USER_ID\n";
    return EXIT_FAILURE;
  }
  try {
    become(static_cast<uid_t>(std::stoul(argv[2])));
    leave_no_core_file();
    Connection connection(argv[1]);
    for (std::string line; std::getline(std::cin, line);) {
      answer(obey(connection, Json::parse(line)));
    }
  } catch (const std::exception& error) {
    std::cerr << "gpiobroker-test-client: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
