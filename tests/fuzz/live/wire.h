// SPDX-License-Identifier: GPL-2.0-or-later
// D-Bus messages as bytes, by no library: so that they can be what no library would send.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gpiobroker::fuzz {

/// Appends values in the byte order of its choice. Alignment counts from the start of the bytes.
class Writer {
 public:
  explicit Writer(bool big_endian) : big_endian_(big_endian) {}

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] bool big_endian() const { return big_endian_; }

  void align(std::size_t to) { bytes_.resize((bytes_.size() + to - 1) / to * to); }
  void number(std::uint64_t value, std::size_t bytes);
  void text(std::string_view text);
  void signature(std::string_view text);

  /// Begins an array of elements with this alignment; end_array() writes its length.
  [[nodiscard]] std::size_t begin_array(std::size_t alignment);
  void end_array(std::size_t begin, std::size_t alignment);

 private:
  void put(std::size_t at, std::uint64_t value, std::size_t bytes);

  std::string bytes_;
  bool big_endian_;
};

enum class MessageType : std::uint8_t { call = 1, answer = 2, error = 3, signal = 4 };

inline constexpr std::uint8_t kNoReplyExpected = 1;

struct Header {
  bool big_endian = false;
  std::uint8_t type = static_cast<std::uint8_t>(MessageType::call);
  std::uint8_t flags = 0;
  std::uint32_t serial = 0;
  std::string path = {};
  std::string interface = {};
  std::string member = {};
  std::string error = {};
  std::string destination = {};
  std::string signature = {};
  std::string unknown = {};  ///< in a field that nobody knows
  std::optional<std::uint32_t> answers = {};
  std::uint32_t descriptors = 0;
};

/// What comes before a body of so many bytes. Fields that are empty are left out.
[[nodiscard]] std::string head_of(const Header& header, std::size_t body_size);

/// The whole message.
[[nodiscard]] std::string to_bytes(const Header& header, const std::string& body);

struct Received {
  MessageType type = MessageType::call;
  std::uint32_t serial = 0;
  std::uint32_t answers = 0;  ///< the serial of the call; 0: none
  std::string sender;
  std::string error;
  std::string signature;
  std::string body;  ///< in this machine's byte order

  /// The first value, if it is a text.
  [[nodiscard]] std::string text() const;

  /// The first value, if it is an array of texts.
  [[nodiscard]] std::vector<std::string> texts() const;
};

/// Takes a whole message off the front of what has come; nothing if it is not all there yet.
[[nodiscard]] std::optional<Received> take_message(std::string& bytes);

}  // namespace gpiobroker::fuzz
