// SPDX-License-Identifier: GPL-2.0-or-later
// One function a kind of container, in both directions.
#include "client/json_message.h"

#include <stdexcept>
#include <vector>

namespace gpiobroker::test_client {
namespace {

std::size_t length_of_type(std::string_view signature);

std::size_t length_of_brackets(std::string_view signature, char close) {
  std::size_t length = 1;
  while (signature.at(length) != close) length += length_of_type(signature.substr(length));
  return length + 1;
}

std::size_t length_of_type(std::string_view signature) {
  if (signature.at(0) == 'a') return 1 + length_of_type(signature.substr(1));
  if (signature.at(0) == '(') return length_of_brackets(signature, ')');
  if (signature.at(0) == '{') return length_of_brackets(signature, '}');
  return 1;
}

std::vector<std::string> types_in(std::string_view signature) {
  std::vector<std::string> types;
  while (!signature.empty()) {
    const std::size_t length = length_of_type(signature);
    types.emplace_back(signature.substr(0, length));
    signature.remove_prefix(length);
  }
  return types;
}

template <class Number>
void append_number(sd_bus_message* message, char type, const Json& value) {
  const auto number = value.get<Number>();
  checked(sd_bus_message_append_basic(message, type, &number), "append a number");
}

void append_text(sd_bus_message* message, char type, const Json& value) {
  const auto text = value.get<std::string>();
  checked(sd_bus_message_append_basic(message, type, text.c_str()), "append a text");
}

void append_basic(sd_bus_message* message, char type, const Json& value) {
  switch (type) {
    case 's':
    case 'o':
    case 'g': return append_text(message, type, value);
    case 'b': {
      const int flag = value.get<bool>() ? 1 : 0;
      checked(sd_bus_message_append_basic(message, type, &flag), "append a boolean");
      return;
    }
    case 'y': return append_number<std::uint8_t>(message, type, value);
    case 'n': return append_number<std::int16_t>(message, type, value);
    case 'q': return append_number<std::uint16_t>(message, type, value);
    case 'h':  // a descriptor that this process inherited
    case 'i': return append_number<std::int32_t>(message, type, value);
    case 'u': return append_number<std::uint32_t>(message, type, value);
    case 'x': return append_number<std::int64_t>(message, type, value);
    case 't': return append_number<std::uint64_t>(message, type, value);
    case 'd': return append_number<double>(message, type, value);
    default: throw std::invalid_argument(std::string("no such type: ") + type);
  }
}

void append_value(sd_bus_message* message, const std::string& type, const Json& value);

void append_dictionary(sd_bus_message* message, const std::string& entry, const Json& value) {
  for (const auto& [key, of_key] : value.items()) {
    checked(sd_bus_message_open_container(message, 'e', entry.c_str()), "open an entry");
    append(message, entry, Json::array({key, of_key}));
    checked(sd_bus_message_close_container(message), "close an entry");
  }
}

void append_array(sd_bus_message* message, const std::string& element, const Json& value) {
  checked(sd_bus_message_open_container(message, 'a', element.c_str()), "open an array");
  if (element.front() == '{') {
    append_dictionary(message, element.substr(1, element.size() - 2), value);
  } else {
    for (const Json& each : value) append_value(message, element, each);
  }
  checked(sd_bus_message_close_container(message), "close an array");
}

void append_variant(sd_bus_message* message, const Json& value) {
  const auto entry = value.begin();
  checked(sd_bus_message_open_container(message, 'v', entry.key().c_str()), "open a variant");
  append_value(message, entry.key(), entry.value());
  checked(sd_bus_message_close_container(message), "close a variant");
}

void append_struct(sd_bus_message* message, const std::string& members, const Json& value) {
  checked(sd_bus_message_open_container(message, 'r', members.c_str()), "open a struct");
  append(message, members, value);
  checked(sd_bus_message_close_container(message), "close a struct");
}

void append_value(sd_bus_message* message, const std::string& type, const Json& value) {
  switch (type.front()) {
    case 'a': return append_array(message, type.substr(1), value);
    case '(': return append_struct(message, type.substr(1, type.size() - 2), value);
    case 'v': return append_variant(message, value);
    default: return append_basic(message, type.front(), value);
  }
}

template <class Number>
Json read_number(sd_bus_message* message, char type) {
  Number number{};
  checked(sd_bus_message_read_basic(message, type, &number), "read a number");
  return number;
}

Json read_text(sd_bus_message* message, char type) {
  const char* text = nullptr;
  checked(sd_bus_message_read_basic(message, type, &text), "read a text");
  return text;
}

Json read_basic(sd_bus_message* message, char type) {
  switch (type) {
    case 'b': return read_number<int>(message, type) != 0;
    case 'y': return read_number<std::uint8_t>(message, type);
    case 'n': return read_number<std::int16_t>(message, type);
    case 'q': return read_number<std::uint16_t>(message, type);
    case 'i': return read_number<std::int32_t>(message, type);
    case 'u': return read_number<std::uint32_t>(message, type);
    case 'x': return read_number<std::int64_t>(message, type);
    case 't': return read_number<std::uint64_t>(message, type);
    case 'd': return read_number<double>(message, type);
    default: return read_text(message, type);
  }
}

Json read_dictionary(sd_bus_message* message) {
  Json dictionary = Json::object();
  const char* entry = nullptr;
  while (checked(sd_bus_message_peek_type(message, nullptr, &entry), "look at an entry") > 0) {
    checked(sd_bus_message_enter_container(message, 'e', entry), "enter an entry");
    const Json pair = read_all(message);
    dictionary[pair.at(0).get<std::string>()] = pair.at(1);
    checked(sd_bus_message_exit_container(message), "leave an entry");
  }
  return dictionary;
}

Json read_container(sd_bus_message* message, char type, const char* contents) {
  checked(sd_bus_message_enter_container(message, type, contents), "enter a container");
  const bool dictionary = type == 'a' && *contents == '{';
  Json value = dictionary ? read_dictionary(message) : read_all(message);
  checked(sd_bus_message_exit_container(message), "leave a container");
  return type == 'v' ? value.at(0) : value;
}

}  // namespace

void append(sd_bus_message* message, const std::string& signature, const Json& values) {
  std::size_t index = 0;
  for (const std::string& type : types_in(signature)) {
    append_value(message, type, values.at(index++));
  }
}

Json read_all(sd_bus_message* message) {
  Json values = Json::array();
  char type = 0;
  const char* contents = nullptr;
  while (checked(sd_bus_message_peek_type(message, &type, &contents), "look at a value") > 0) {
    values.push_back(contents == nullptr ? read_basic(message, type)
                                         : read_container(message, type, contents));
  }
  return values;
}

}  // namespace gpiobroker::test_client
