// SPDX-License-Identifier: GPL-2.0-or-later
// QMP: an object in JSON a line. Only the monitor for people reads memory.
#include "pi4/monitor.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace gpiobroker::test {
namespace {

using Json = nlohmann::json;

/// The answer to the command that was sent; events may come before it.
Json answer_from(LineSocket& socket) {
  Json message;
  do {
    message = Json::parse(socket.next());
  } while (message.contains("event"));
  if (!message.contains("return")) throw std::runtime_error("QEMU: " + message.dump());
  return message.at("return");
}

/// From lines such as "00000000fe200000: 0x00012000 0x00000000".
std::vector<std::uint32_t> words_in(const std::string& dump) {
  std::vector<std::uint32_t> words;
  std::istringstream text(dump);
  for (std::string word; text >> word;) {
    if (word.starts_with("0x"))
      words.push_back(static_cast<std::uint32_t>(std::stoul(word, nullptr, 16)));
  }
  return words;
}

}  // namespace

Monitor::Monitor(const std::string& path) : socket_(path) {
  (void)socket_.next();  // its greeting
  socket_.send(R"({"execute": "qmp_capabilities"})");
  (void)answer_from(socket_);
}

std::string Monitor::output_of(const std::string& command) {
  const Json request{{"execute", "human-monitor-command"},
                     {"arguments", {{"command-line", command}}}};
  socket_.send(request.dump());
  return answer_from(socket_).get<std::string>();
}

std::vector<std::uint32_t> Monitor::words_at(std::uint64_t address, std::size_t count) {
  const std::string output =
      output_of("xp /" + std::to_string(count) + "wx " + std::to_string(address));
  const auto words = words_in(output);
  if (words.size() != count) throw std::runtime_error("QEMU does not read memory: " + output);
  return words;
}

Registers Monitor::registers() {
  Registers registers;
  const auto read = [this](std::uint64_t address, auto& into) {
    std::ranges::copy(words_at(address, into.size()), into.begin());
  };
  read(Registers::kFunctionSelect, registers.function_select);
  read(Registers::kLevel, registers.level);
  read(Registers::kPull, registers.pull);
  return registers;
}

}  // namespace gpiobroker::test
