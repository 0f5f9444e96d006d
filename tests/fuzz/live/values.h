// SPDX-License-Identifier: GPL-2.0-or-later
// Values of any signature.
#pragma once

#include <string>

#include "fuzz/live/vocabulary.h"
#include "fuzz/live/wire.h"

namespace gpiobroker::fuzz {

/// How many descriptors go with a message that has values of type h.
inline constexpr std::uint32_t kDescriptors = 2;

/// Writes values for each type of the signature: such as a broker takes, and others.
class ValueWriter {
 public:
  ValueWriter(Writer& to, Random& random, const Vocabulary& words)
      : to_(to), random_(random), words_(words) {}

  void write(std::string_view signature);

  [[nodiscard]] bool has_descriptors() const { return has_descriptors_; }

 private:
  void write_one(std::string_view type);
  void write_basic(char type);
  void write_array(std::string_view element);
  void write_nothing(std::string_view element);
  void write_entry(std::string_view entry);
  void write_variant();
  void write_option();
  [[nodiscard]] std::uint64_t number();
  [[nodiscard]] std::size_t count();

  Writer& to_;
  Random& random_;
  const Vocabulary& words_;
  unsigned depth_ = 0;
  bool has_descriptors_ = false;
};

}  // namespace gpiobroker::fuzz
