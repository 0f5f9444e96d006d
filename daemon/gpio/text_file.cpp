// SPDX-License-Identifier: GPL-2.0-or-later
// Reads to the end: such a file does not tell its size.
#include "gpio/text_file.h"

#include <array>
#include <fstream>

namespace gpiobroker::gpio {
namespace {

constexpr std::size_t kMost = std::size_t{1} << 20U;

}  // namespace

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::array<char, 4096> block{};
  while (file && text.size() < kMost) {
    file.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  return text;
}

}  // namespace gpiobroker::gpio
