// SPDX-License-Identifier: GPL-2.0-or-later
// The D-Bus specification's "Message Protocol".
#include "fuzz/live/wire.h"

#include <bit>
#include <cstring>

namespace gpiobroker::fuzz {
namespace {

static_assert(std::endian::native == std::endian::little, "what comes is read as it is");

constexpr std::size_t kFixedPart = 16;

enum Field : std::uint8_t {
  kPath = 1,
  kInterface = 2,
  kMember = 3,
  kError = 4,
  kAnswers = 5,
  kDestination = 6,
  kSender = 7,
  kSignature = 8,
  kDescriptors = 9,
  kUnknown = 42
};

void field(Writer& to, Field which, char type, const std::string& text) {
  if (text.empty()) return;
  to.align(8);
  to.number(which, 1);
  to.signature(std::string(1, type));
  if (type == 'g') {
    to.signature(text);
  } else {
    to.text(text);
  }
}

void field(Writer& to, Field which, std::uint32_t number) {
  to.align(8);
  to.number(which, 1);
  to.signature("u");
  to.number(number, 4);
}

void write_fields(Writer& to, const Header& header) {
  const std::size_t begin = to.begin_array(8);
  field(to, kPath, 'o', header.path);
  field(to, kInterface, 's', header.interface);
  field(to, kMember, 's', header.member);
  field(to, kError, 's', header.error);
  field(to, kDestination, 's', header.destination);
  field(to, kUnknown, 's', header.unknown);
  field(to, kSignature, 'g', header.signature);
  if (header.answers) field(to, kAnswers, *header.answers);
  if (header.descriptors > 0) field(to, kDescriptors, header.descriptors);
  to.end_array(begin, 8);
  to.align(8);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + at, sizeof(number));
  return number;
}

std::size_t aligned(std::size_t offset, std::size_t to) {
  return (offset + to - 1) / to * to;
}

/// Reads the fields of a message that the bus has checked, so that all is where it should be.
class FieldReader {
 public:
  FieldReader(std::string_view message, Received& to)
      : message_(message), end_(kFixedPart + number_at(message, 12)), to_(to) {}

  void read() {
    while (at_ < end_) {
      at_ = aligned(at_, 8);
      const auto which = static_cast<std::uint8_t>(message_[at_]);
      const char type = message_[at_ + 2];
      at_ += 4;
      if (type == 'u') {
        take_number(which);
      } else {
        take_text(which, type);
      }
    }
  }

 private:
  void take_number(std::uint8_t which) {
    const std::uint32_t number = number_at(message_, at_);
    at_ += 4;
    if (which == kAnswers) to_.answers = number;
  }

  void take_text(std::uint8_t which, char type) {
    const std::size_t length_bytes = type == 'g' ? 1 : 4;
    const std::size_t length =
        type == 'g' ? static_cast<std::uint8_t>(message_[at_]) : number_at(message_, at_);
    const std::string text(message_.substr(at_ + length_bytes, length));
    at_ += length_bytes + length + 1;
    if (which == kSender) to_.sender = text;
    if (which == kError) to_.error = text;
    if (which == kSignature) to_.signature = text;
  }

  std::string_view message_;
  std::size_t at_ = kFixedPart;
  std::size_t end_;
  Received& to_;
};

}  // namespace

void Writer::put(std::size_t at, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) {
    const std::size_t shift = 8 * (big_endian_ ? bytes - 1 - i : i);
    bytes_[at + i] = static_cast<char>(value >> shift & 0xFFU);
  }
}

void Writer::number(std::uint64_t value, std::size_t bytes) {
  align(bytes);
  bytes_.resize(bytes_.size() + bytes);
  put(bytes_.size() - bytes, value, bytes);
}

void Writer::text(std::string_view text) {
  number(text.size(), 4);
  bytes_ += text;
  bytes_ += '\0';
}

void Writer::signature(std::string_view text) {
  number(text.size(), 1);
  bytes_ += text;
  bytes_ += '\0';
}

std::size_t Writer::begin_array(std::size_t alignment) {
  number(0, 4);
  const std::size_t begin = bytes_.size();
  align(alignment);
  return begin;
}

void Writer::end_array(std::size_t begin, std::size_t alignment) {
  put(begin - 4, bytes_.size() - aligned(begin, alignment), 4);
}

std::string head_of(const Header& header, std::size_t body_size) {
  constexpr std::uint8_t kVersion = 1;
  Writer to(header.big_endian);
  to.number(static_cast<std::uint8_t>(header.big_endian ? 'B' : 'l'), 1);
  to.number(header.type, 1);
  to.number(header.flags, 1);
  to.number(kVersion, 1);
  to.number(body_size, 4);
  to.number(header.serial, 4);
  write_fields(to, header);
  return to.bytes();
}

std::string to_bytes(const Header& header, const std::string& body) {
  return head_of(header, body.size()) + body;
}

std::string Received::text() const {
  const bool has_text = signature.starts_with('s') || signature.starts_with('o');
  return has_text ? body.substr(4, number_at(body, 0)) : "";
}

std::vector<std::string> Received::texts() const {
  std::vector<std::string> all;
  if (signature != "as") return all;
  for (std::size_t at = 4; at < body.size();) {
    at = aligned(at, 4);
    const std::size_t length = number_at(body, at);
    all.push_back(body.substr(at + 4, length));
    at += 4 + length + 1;
  }
  return all;
}

std::optional<Received> take_message(std::string& bytes) {
  if (bytes.size() < kFixedPart) return std::nullopt;
  const std::size_t body = aligned(kFixedPart + number_at(bytes, 12), 8);
  const std::size_t size = body + number_at(bytes, 4);
  if (bytes.size() < size) return std::nullopt;
  Received message;
  message.type = static_cast<MessageType>(bytes[1]);
  message.serial = number_at(bytes, 8);
  FieldReader(bytes, message).read();
  message.body = bytes.substr(body, size - body);
  bytes.erase(0, size);
  return message;
}

}  // namespace gpiobroker::fuzz
