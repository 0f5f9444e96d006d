// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the clock first of all when an edge has come.
#include "edge_listener.h"

#include <cstdint>
#include <utility>

#include "bare_line.h"

namespace gpiobroker::bench {

EdgeListener::EdgeListener(const std::string& address, const std::string& line)
    : client_(address), lease_(client_.acquire_edges(line)) {
  const std::string rule =
      "type='signal',interface='org.gpiobroker1.Lease',member='EdgesSeen',path='" + lease_ + "'";
  sd_bus* const bus = client_.bus().get();
  check(sd_bus_add_match(bus, nullptr, rule.c_str(), &on_edges, this), "cannot hear signals");
  check(sd_bus_add_filter(bus, nullptr, &on_message, this), "cannot filter messages");
}

EdgeListener::~EdgeListener() = default;

int EdgeListener::on_edges(sd_bus_message* message, void* self, sd_bus_error* /*error*/) {
  const Microseconds now = since(0);
  const char* line = nullptr;
  const char* kind = nullptr;
  std::uint64_t time = 0;
  check(sd_bus_message_enter_container(message, 'a', "(sststt)"), "unexpected edges");
  check(sd_bus_message_enter_container(message, 'r', "sststt"), "unexpected edges");
  check(sd_bus_message_read(message, "sst", &line, &kind, &time), "unexpected edges");
  auto& listener = *static_cast<EdgeListener*>(self);
  listener.late_ = now - Microseconds(std::chrono::nanoseconds(time));
  return 0;
}

int EdgeListener::on_message(sd_bus_message* message, void* self, sd_bus_error* /*error*/) {
  if (sd_bus_message_is_method_call(message, "org.freedesktop.DBus.Peer", "Ping") > 0)
    static_cast<EdgeListener*>(self)->was_asked_ = true;
  return 0;
}

void EdgeListener::watch() {
  client_.bus().call(lease_at(lease_), "WatchEdges", "");
}

Microseconds EdgeListener::wait() {
  client_.bus().process_until([this] { return late_.has_value(); });
  return *std::exchange(late_, std::nullopt);
}

Microseconds EdgeListener::wait_signal() {
  return wait();
}

void EdgeListener::answer_question() {
  client_.bus().process_until([this] { return std::exchange(was_asked_, false); });
  client_.ping();  // behind the answer
}

void EdgeListener::call() {
  const Message message = client_.bus().new_call(lease_at(lease_), "WaitForEdges");
  constexpr std::uint32_t kLongestMs = 60'000;
  check(sd_bus_message_append(message.get(), "u", kLongestMs), "cannot write a call");
  check(sd_bus_call_async(client_.bus().get(), nullptr, message.get(), &on_edges, this, 0),
        "cannot call");
  client_.ping();  // behind the call
}

Microseconds EdgeListener::wait_answer() {
  return wait();
}

}  // namespace gpiobroker::bench
