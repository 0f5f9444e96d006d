// SPDX-License-Identifier: GPL-2.0-or-later
// The device nodes of GPIO chips, and which of them came or went since the last look.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gpio/edge_loop.h"

namespace gpiobroker::gpio {

struct UnopenedChip {
  std::filesystem::path path;
  std::string why;  ///< for a person: what is wrong, and what to do where that is known
};

class ChipNodes {
 public:
  struct Changes {
    std::vector<std::filesystem::path> gone;          ///< nodes of chips that were opened before
    std::vector<std::unique_ptr<core::Chip>> opened;  ///< in the order of their numbers
    std::vector<UnopenedChip> unopened;               ///< tried again by every look()
  };

  /// Chips tell the loop of edges, if there is one; it outlives them.
  explicit ChipNodes(EdgeLoop* loop = nullptr, std::filesystem::path folder = "/dev")
      : loop_(loop), folder_(std::move(folder)) {}

  /// What is different from the last time; the first time, every chip there is. A chip that went
  /// and came back in between is both gone and opened. Symbolic links are passed over, so that no
  /// chip is found twice.
  [[nodiscard]] Changes look();

 private:
  /// A node that was made anew is another, even under the same name.
  using Identity = std::pair<std::uint64_t, std::uint64_t>;
  struct Node {
    std::filesystem::path path;
    Identity identity;
  };

  [[nodiscard]] std::map<int, Node> nodes() const;
  void open(const Node& node, Changes& changes);

  EdgeLoop* loop_;
  std::filesystem::path folder_;
  std::map<std::filesystem::path, Identity> known_;  // the node of each chip that was opened
};

}  // namespace gpiobroker::gpio
