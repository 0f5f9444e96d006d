// SPDX-License-Identifier: GPL-2.0-or-later
// One function a kind of container.
#include "fuzz/live/values.h"

#include <array>
#include <map>
#include <vector>

namespace gpiobroker::fuzz {
namespace {

constexpr unsigned kDeepest = 12;

std::size_t length_of_type(std::string_view signature) {
  if (signature[0] == 'a') return 1 + length_of_type(signature.substr(1));
  if (signature[0] != '(' && signature[0] != '{') return 1;
  std::size_t length = 1;
  while (signature[length] != ')' && signature[length] != '}') {
    length += length_of_type(signature.substr(length));
  }
  return length + 1;
}

std::size_t size_of(char type) {
  static const std::map<char, std::size_t> kSizes{{'y', 1}, {'n', 2}, {'q', 2}, {'x', 8}, {'t', 8},
                                                  {'d', 8}, {'(', 8}, {'{', 8}, {'g', 1}, {'v', 1}};
  const auto size = kSizes.find(type);
  return size == kSizes.end() ? 4 : size->second;
}

/// A word that an option takes; empty for an option that takes no word.
std::string word_for(std::string_view option, Random& random) {
  static const std::map<std::string_view, std::vector<std::string>> kWords{
      {"direction", {"input", "output", "output", "as-is"}},
      {"edge", {"none", "rising", "falling", "both"}},
      {"bias", {"disabled", "pull-up", "pull-down", "as-is"}},
      {"drive", {"push-pull", "open-drain", "open-source"}},
      {"event-clock", {"monotonic", "realtime"}},
      {"consumer", {"fuzz"}},
      {"access", {"exclusive", "shared", "observe"}},
      {"lifetime", {"connection", "persistent"}}};
  const auto words = kWords.find(option);
  return words == kWords.end() ? "" : random.one_of(words->second);
}

/// What an option takes.
std::string type_of(std::string_view option, Random& random) {
  static const std::map<std::string_view, std::string_view> kTypes{{"value", "i"},
                                                                   {"active-low", "b"},
                                                                   {"debounce-period", "u"},
                                                                   {"event-buffer-size", "u"},
                                                                   {"process", "u"},
                                                                   {"fd", "h"},
                                                                   {"ttl-ms", "u"},
                                                                   {"heartbeat-ms", "u"},
                                                                   {"edge-timeout-ms", "u"},
                                                                   {"wait-ms", "u"},
                                                                   {"unobserved", "b"},
                                                                   {"direct", "b"},
                                                                   {"take-from-peripheral", "b"}};
  const auto type = kTypes.find(option);
  if (random.one_in(10)) return Vocabulary::signature(random);
  return std::string(type == kTypes.end() ? "s" : type->second);
}

}  // namespace

void ValueWriter::write(std::string_view signature) {
  while (!signature.empty()) {
    const std::size_t length = length_of_type(signature);
    write_one(signature.substr(0, length));
    signature.remove_prefix(length);
  }
}

void ValueWriter::write_one(std::string_view type) {
  switch (type[0]) {
    case 'a': return write_array(type.substr(1));
    case 'v': return write_variant();
    case '(': to_.align(8); return write(type.substr(1, type.size() - 2));
    case '{': to_.align(8); return write_entry(type.substr(1, type.size() - 2));
    default: return write_basic(type[0]);
  }
}

void ValueWriter::write_basic(char type) {
  switch (type) {
    case 's': return to_.text(Vocabulary::text(random_));
    case 'o': return to_.text(words_.path(random_));
    case 'g': return to_.signature("a{sv}");
    case 'b': return to_.number(random_.below(2), 4);
    case 'h':
      has_descriptors_ = true;
      return to_.number(random_.one_in(10) ? 99 : random_.below(kDescriptors), 4);
    default: return to_.number(number(), size_of(type));
  }
}

/// What takes the least bytes of a message and the most of who takes it apart.
void ValueWriter::write_nothing(std::string_view element) {
  to_.align(size_of(element[0]));
  if (element == "(sa{sv})") {
    to_.text("");
    to_.end_array(to_.begin_array(8), 8);
  } else if (element == "{sv}") {
    to_.text("");
    to_.signature("y");
    to_.number(0, 1);
  } else {
    to_.text("");
  }
}

void ValueWriter::write_array(std::string_view element) {
  constexpr std::size_t kMany = 50'000;
  const std::size_t alignment = size_of(element[0]);
  const std::size_t begin = to_.begin_array(alignment);
  const bool has_nothing = element == "s" || element == "{sv}" || element == "(sa{sv})";
  if (depth_ == 0 && has_nothing && random_.one_in(300)) {
    for (std::size_t n = random_.below(kMany); n > 0; --n) write_nothing(element);
    return to_.end_array(begin, alignment);
  }
  for (std::size_t n = depth_ > kDeepest ? 0 : count(); n > 0; --n) {
    if (element == "s" && !random_.one_in(8)) {
      to_.text(Vocabulary::line(random_));
    } else {
      write_one(element);
    }
  }
  to_.end_array(begin, alignment);
}

/// Dictionaries of variants are options, those of numbers levels of lines.
void ValueWriter::write_entry(std::string_view entry) {
  if (entry == "sv" && !random_.one_in(8)) return write_option();
  if (entry == "si" && !random_.one_in(8)) {
    to_.text(Vocabulary::line(random_));
    return to_.number(random_.below(2), 4);
  }
  write(entry);
}

/// One in a few is wrong, so that many a dictionary is right.
void ValueWriter::write_option() {
  const std::string option = Vocabulary::option(random_);
  const std::string word = word_for(option, random_);
  if (!word.empty() && !random_.one_in(8)) {
    to_.text(option);
    to_.signature("s");
    return to_.text(word);
  }
  const std::string type = type_of(option, random_);
  to_.text(option);
  to_.signature(type.empty() ? "y" : type.substr(0, length_of_type(type)));
  ++depth_;
  write_one(type.empty() ? "y" : std::string_view(type).substr(0, length_of_type(type)));
  --depth_;
}

void ValueWriter::write_variant() {
  std::string type = depth_ < kDeepest ? Vocabulary::signature(random_) : "";
  type = type.empty() ? "s" : type.substr(0, length_of_type(type));
  to_.signature(type);
  ++depth_;
  write_one(type);
  --depth_;
}

std::uint64_t ValueWriter::number() {
  static constexpr std::array<std::uint64_t, 10> kNumbers{
      0, 1, 2, 17, 100, 500, 86'400'000, 0x7FFFFFFF, ~0ULL, ~1ULL};
  return random_.one_in(4) ? random_.number() : random_.one_of(kNumbers);
}

std::size_t ValueWriter::count() {
  return random_.one_in(50) ? random_.below(300) : random_.below(4);
}

}  // namespace gpiobroker::fuzz
