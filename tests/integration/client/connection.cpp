// SPDX-License-Identifier: GPL-2.0-or-later
// Calls, signals and nothing else.
#include "client/connection.h"

namespace gpiobroker::test_client {
namespace {

constexpr std::uint64_t kCallTimeoutUsec = 60'000'000;

Bus connected(const std::string& address) {
  sd_bus* bus = nullptr;
  checked(sd_bus_new(&bus), "make a connection");
  Bus owned(bus);
  checked(sd_bus_set_address(bus, address.c_str()), "set the address");
  checked(sd_bus_set_bus_client(bus, 1), "be a bus client");
  checked(sd_bus_start(bus), "connect");
  return owned;
}

}  // namespace

Connection::Connection(const std::string& address) : bus_(connected(address)) {}

std::string Connection::unique_name() const {
  const char* name = nullptr;
  checked(sd_bus_get_unique_name(bus_.get(), &name), "ask for the own name");
  return name;
}

Message Connection::new_call(const Json& call) const {
  const auto text = [&call](const char* key) { return call.at(key).get<std::string>(); };
  sd_bus_message* message = nullptr;
  checked(sd_bus_message_new_method_call(bus_.get(), &message, text("destination").c_str(),
                                         text("path").c_str(), text("interface").c_str(),
                                         text("member").c_str()),
          "make a call");
  Message owned(message);
  append(message, text("signature"), call.at("arguments"));
  return owned;
}

Message Connection::new_signal(const Json& signal) const {
  const auto text = [&signal](const char* key) { return signal.at(key).get<std::string>(); };
  sd_bus_message* message = nullptr;
  checked(sd_bus_message_new_signal(bus_.get(), &message, text("path").c_str(),
                                    text("interface").c_str(), text("member").c_str()),
          "make a signal");
  Message owned(message);
  append(message, text("signature"), signal.at("arguments"));
  checked(sd_bus_message_set_destination(message, text("destination").c_str()), "address it");
  return owned;
}

Json Connection::call(sd_bus_message* message) {
  Json failure;
  const Message reply = reply_to(message, failure);
  return reply ? Json{{"ok", read_all(reply.get())}} : failure;
}

Message Connection::reply_to(sd_bus_message* message, Json& failure) {
  sd_bus_message* reply = nullptr;
  sd_bus_error error{};
  if (sd_bus_call(bus_.get(), message, kCallTimeoutUsec, &error, &reply) >= 0) {
    return Message(reply);
  }
  failure = {{"error", error.name}, {"message", error.message}};
  sd_bus_error_free(&error);
  return nullptr;
}

void Connection::send(sd_bus_message* message) {
  checked(sd_bus_send(bus_.get(), message, nullptr), "send");
  checked(sd_bus_flush(bus_.get()), "flush");
}

/// A call whose number nobody wants to know goes out as one that nobody wants answered.
void Connection::ask(sd_bus_message* message) {
  std::uint64_t number = 0;
  checked(sd_bus_send(bus_.get(), message, &number), "send");
  checked(sd_bus_flush(bus_.get()), "flush");
}

void Connection::call_and_count(sd_bus_message* message, std::map<std::string, unsigned>& answers) {
  answers_ = &answers;
  checked(sd_bus_call_async(bus_.get(), nullptr, message, on_answer, this, kCallTimeoutUsec),
          "call");
  ++under_way_;
}

void Connection::wait_until_under_way(std::size_t most) {
  while (under_way_ > most) {
    if (checked(sd_bus_process(bus_.get(), nullptr), "read answers") > 0) continue;
    checked(sd_bus_wait(bus_.get(), kCallTimeoutUsec), "wait for answers");
  }
}

int Connection::on_answer(sd_bus_message* message, void* self, sd_bus_error*) {
  auto& connection = *static_cast<Connection*>(self);
  const sd_bus_error* error = sd_bus_message_get_error(message);
  ++(*connection.answers_)[error == nullptr ? "" : error->name];
  --connection.under_way_;
  return 0;
}

void Connection::refuse_pings() {
  checked(sd_bus_add_filter(bus_.get(), nullptr, on_ping, this), "add a filter");
}

unsigned Connection::pings() {
  while (checked(sd_bus_process(bus_.get(), nullptr), "read pings") > 0) {
  }
  return pings_;
}

int Connection::on_ping(sd_bus_message* message, void* self, sd_bus_error* error) {
  if (sd_bus_message_is_method_call(message, "org.freedesktop.DBus.Peer", "Ping") <= 0) return 0;
  ++static_cast<Connection*>(self)->pings_;
  return sd_bus_error_set(error, SD_BUS_ERROR_NO_REPLY, "not now");
}

void Connection::watch(const std::string& rule) {
  checked(sd_bus_add_match(bus_.get(), nullptr, rule.c_str(), on_signal, this), "add a match");
}

Json Connection::take_signals() {
  while (checked(sd_bus_process(bus_.get(), nullptr), "read signals") > 0) {
  }
  return std::exchange(signals_, Json::array());
}

int Connection::on_signal(sd_bus_message* message, void* self, sd_bus_error*) {
  auto& connection = *static_cast<Connection*>(self);
  connection.signals_.push_back({{"path", sd_bus_message_get_path(message)},
                                 {"interface", sd_bus_message_get_interface(message)},
                                 {"member", sd_bus_message_get_member(message)},
                                 {"arguments", read_all(message)}});
  return 0;
}

}  // namespace gpiobroker::test_client
