// SPDX-License-Identifier: GPL-2.0-or-later
// Commands and answers are JSON, one a line.
#include "harness/client_process.h"

#include <stdexcept>

namespace gpiobroker::test {
namespace {

Program client_program(const std::string& bus_address, uid_t user, const Pipe& commands,
                       const Pipe& answers) {
  return {.command = {program_beside("gpiobroker-test-client"), bus_address, std::to_string(user)},
          .environment = {},
          .user = {},
          .streams = {.in = commands.reader.get(), .out = answers.writer.get(), .err = -1}};
}

Json command_for(const char* what, const Call& call) {
  return {{"do", what},
          {"destination", call.destination},
          {"path", call.path},
          {"interface", call.interface},
          {"member", call.member},
          {"signature", call.signature},
          {"arguments", call.arguments}};
}

Reply reply_in(const Json& answer) {
  if (answer.contains("ok")) return {.values = answer.at("ok"), .error = {}, .message = {}};
  return {.values = {}, .error = answer.at("error"), .message = answer.at("message")};
}

}  // namespace

ClientProcess::ClientProcess(const std::string& bus_address, uid_t user)
    : process_(client_program(bus_address, user, commands_, answers_)),
      reader_(std::move(answers_.reader)) {
  commands_.reader.close();
  answers_.writer.close();
  bus_name_ = ask({{"do", "introduce"}}).at("ok").get<std::string>();
}

Reply ClientProcess::call(const Call& call) {
  return reply_in(ask(command_for("call", call)));
}

Reply ClientProcess::read_line_of_long_name(std::size_t bytes) {
  Json command = command_for("read-long-name", on_manager("ReadLines", "asa{sv}", {}));
  command["bytes"] = bytes;
  return reply_in(ask(command));
}

Call on_manager(const char* member, const char* signature, const Json& arguments) {
  return {.path = kManagerPath,
          .interface = kManager,
          .member = member,
          .signature = signature,
          .arguments = arguments};
}

Call on_lease(const std::string& lease, const char* member, const char* signature,
              const Json& arguments) {
  return {.path = lease,
          .interface = kLease,
          .member = member,
          .signature = signature,
          .arguments = arguments};
}

Call acquiring(const std::vector<std::string>& lines, const Settings& settings) {
  return on_manager("AcquireLines", "asa{sv}", Json::array({lines, settings}));
}

Reply ClientProcess::acquire(const std::vector<std::string>& lines, const Settings& settings) {
  return call(acquiring(lines, settings));
}

Reply ClientProcess::get_values(const std::string& lease, const std::vector<std::string>& lines) {
  return call(on_lease(lease, "GetValues", "as", Json::array({lines})));
}

Reply ClientProcess::set_values(const std::string& lease,
                                const std::map<std::string, int>& values) {
  return call(on_lease(lease, "SetValues", "a{si}", Json::array({values})));
}

Reply ClientProcess::reconfigure(const std::string& lease, const std::vector<std::string>& lines,
                                 const Settings& settings) {
  return call(on_lease(lease, "Reconfigure", "asa{sv}", Json::array({lines, settings})));
}

Reply ClientProcess::release(const std::string& lease, const std::vector<std::string>& lines) {
  return call(on_lease(lease, "Release", "asa{sv}", Json::array({lines, Settings{}})));
}

Reply ClientProcess::release_lines(const std::vector<std::string>& lines) {
  return call(on_manager("ReleaseLines", "asa{sv}", Json::array({lines, Settings{}})));
}

void ClientProcess::prepare(const Call& call) {
  ask(command_for("prepare", call));
}

void ClientProcess::send(const Call& call) {
  ask(command_for("send", call));
}

void ClientProcess::ask_and_not_listen(const Call& call) {
  ask(command_for("ask", call));
}

void ClientProcess::send_signal(const Call& signal) {
  ask(command_for("signal", signal));
}

void ClientProcess::rename(const std::string& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    digits += kDigits[byte >> 4U];
    digits += kDigits[byte & 0xFU];
  }
  ask({{"do", "rename"}, {"name", digits}});
}

void ClientProcess::send_and_vanish(const Call& call) {
  tell(command_for("send-and-vanish", call));
}

void ClientProcess::wait_for_bus() {
  (void)call({.path = "/org/freedesktop/DBus",
              .interface = "org.freedesktop.DBus",
              .member = "GetId",
              .destination = "org.freedesktop.DBus"});
}

void ClientProcess::watch(const std::string& rule) {
  ask({{"do", "watch"}, {"rule", rule}});
}

Json ClientProcess::signals() {
  return ask({{"do", "signals"}}).at("ok");
}

std::map<std::string, unsigned> ClientProcess::guess_leases(std::uint64_t first,
                                                            std::uint64_t count) {
  return ask({{"do", "guess"}, {"first", first}, {"count", count}}).at("ok");
}

void ClientProcess::start_race(const std::string& line, unsigned times) {
  tell({{"do", "race"}, {"line", line}, {"times", times}});
}

Reply ClientProcess::open_direct(const std::string& lease) {
  return reply_in(ask({{"do", "open-direct"}, {"path", lease}}));
}

int ClientProcess::set_directly(const std::string& line, int value) {
  return ask({{"do", "direct-set"}, {"line", line}, {"value", value}}).at("ok");
}

int ClientProcess::get_directly(const std::string& line) {
  return ask({{"do", "direct-get"}, {"line", line}}).at("ok");
}

int ClientProcess::drive_directly(const std::string& line, int value) {
  return ask({{"do", "direct-drive"}, {"line", line}, {"value", value}}).at("ok");
}

int ClientProcess::make_input_directly(const std::string& line, std::uint64_t more_flags) {
  return ask({{"do", "direct-input"}, {"line", line}, {"flags", more_flags}}).at("ok");
}

int ClientProcess::read_edge_directly(const std::string& line) {
  return ask({{"do", "direct-edge"}, {"line", line}}).at("ok");
}

void ClientProcess::toggle_until_killed(const std::string& line, unsigned microseconds,
                                        bool configures) {
  tell({{"do", "direct-toggle"},
        {"line", line},
        {"microseconds", microseconds},
        {"configures", configures}});
}

pid_t ClientProcess::leave_a_child(const std::string& line, bool drives) {
  return ask({{"do", "direct-child"}, {"line", line}, {"drives", drives}}).at("ok").get<pid_t>();
}

pid_t ClientProcess::fork() {
  return ask({{"do", "fork"}}).at("ok").get<pid_t>();
}

ProcessEnd ClientProcess::end(const std::string& how) {
  tell({{"do", "end"}, {"how", how}});
  return process_.wait();
}

ProcessEnd ClientProcess::kill() {
  process_.signal(SIGKILL);
  return process_.wait();
}

void ClientProcess::churn_until_killed(const std::vector<std::string>& lines, unsigned seed,
                                       unsigned microseconds) {
  tell({{"do", "churn"}, {"lines", lines}, {"seed", seed}, {"microseconds", microseconds}});
}

Json ClientProcess::ask(const Json& command) {
  tell(command);
  return answer();
}

Json ClientProcess::answer() {
  const auto line = reader_.next();
  if (!line) throw std::runtime_error("a test client ended instead of an answer");
  return Json::parse(*line);
}

void ClientProcess::tell(const Json& command) const {
  const std::string line = command.dump() + "\n";
  checked(write(commands_.writer.get(), line.data(), line.size()), "write");
}

}  // namespace gpiobroker::test
