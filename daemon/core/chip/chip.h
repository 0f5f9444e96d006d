// SPDX-License-Identifier: GPL-2.0-or-later
// What the core asks of a GPIO chip. Adapters in daemon/gpio implement it.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/chip/line_info.h"
#include "core/chip/line_news.h"
#include "core/chip/simulation.h"
#include "core/line/line_id.h"
#include "core/line/line_with_settings.h"
#include "core/line/line_with_value.h"
#include "core/line/pin_use.h"
#include "core/line/settings.h"

namespace gpiobroker::core {

/// What stays the same as long as a chip is attached. All names are names of ours
/// (core/base/spelling.h).
struct ChipInfo {
  std::string name;   ///< the kernel's, such as "gpiochip0"
  std::string label;  ///< the driver's, such as "pinctrl-bcm2711"; the same on every kernel
  std::string path;   ///< of the device node; empty for a simulated chip
  std::uint32_t line_count = 0;
  std::string device = {};  ///< where it is plugged in: the path of its device in sysfs, the same
                            ///< whichever number it has; empty where nothing tells
};

/// An edge of a line of a request, as the kernel tells of it.
struct LineEdge {
  Offset offset;
  bool rising = false;                    ///< of the logical level
  std::chrono::nanoseconds timestamp{0};  ///< on the event clock of the line
  std::uint32_t sequence = 0;  ///< counts from 1 the edges of the line in this request, those that
                               ///< the kernel dropped included; goes round
};

/// A kernel request as long as it is open. Given by whoever holds it, and never reused.
struct RequestId {
  std::uint64_t value = 0;  ///< 0: of a request that nobody has named
  auto operator<=>(const RequestId&) const = default;
};

/// Lines of one chip held by one kernel request. Ends with the object: the kernel then has the
/// lines back *as they are*, which is no reset (a Raspberry Pi 5 keeps driving them).
class LineRequest {
 public:
  LineRequest() = default;
  LineRequest(const LineRequest&) = delete;
  LineRequest& operator=(const LineRequest&) = delete;
  virtual ~LineRequest() = default;

  /// Replaces the settings of every line of the request, in one step of the kernel's, in their
  /// order. Names all of the request's lines; a line with direction as-is is left alone. Stops at
  /// the first line that fails: those before it are configured, those after it are not.
  virtual Result<void> configure(std::span<const LineWithSettings<Offset>> lines) = 0;

  /// The same, to make lines safe or to undo what failed. A chip that is slow goes on with it when
  /// this has been refused with chip_slow: tried again, it tells what came of it.
  virtual Result<void> secure(std::span<const LineWithSettings<Offset>> lines) {
    return configure(lines);
  }

  /// Logical levels, in the order of the offsets.
  virtual Result<std::vector<Value>> get(std::span<const Offset> offsets) = 0;

  /// Drives outputs of the request, in one step.
  virtual Result<void> set(std::span<const LineWithValue<Offset>> values) = 0;

  /// Edges that have come, the oldest first: some if there are any, without waiting. They stay to
  /// be read when edge detection ends.
  virtual Result<std::vector<LineEdge>> read_edges() { return {}; }

  /// The descriptor of the request, for a duplicate: whoever has one can read and drive the lines,
  /// and configure them. From then on edges are left to be read there. It stays this object's, open
  /// as long as this is. Refused: unsupported, of a simulated chip.
  virtual Result<int> hand_out() {
    return refuse(Reason::unsupported, "direct",
                  "direct is for chips of the kernel: a simulated one has nothing to open");
  }

  /// By which it is known when it has edges to read.
  [[nodiscard]] RequestId id() const { return id_; }
  void set_id(RequestId id) { id_ = id; }

 private:
  RequestId id_;
};

/// A GPIO chip. Refusals carry one of the reasons in_use, unsupported, permission, chip_gone,
/// chip_slow, hardware_failure.
class Chip {
 public:
  Chip() = default;
  Chip(const Chip&) = delete;
  Chip& operator=(const Chip&) = delete;
  virtual ~Chip() = default;

  [[nodiscard]] virtual const ChipInfo& info() const = 0;

  [[nodiscard]] virtual Result<LineInfo> line_info(Offset offset) const = 0;

  /// What the pin of a line does, asked now, or in this turn of the daemon's loop: nothing tells of
  /// changes. Nothing where nobody tells.
  [[nodiscard]] virtual std::optional<PinUse> pin_use(Offset) const { return std::nullopt; }

  /// Takes lines as they are, all or none, without changing one of them. At most kMostLines.
  /// The consumer is cut to the 31 bytes that the kernel keeps.
  virtual Result<std::unique_ptr<LineRequest>> request(std::span<const Offset> offsets,
                                                       std::string_view consumer) = 0;

  /// Whether lines can be handed out (LineRequest::hand_out()).
  [[nodiscard]] virtual bool can_hand_out() const { return false; }

  /// The time on the clock of `monotonic` edges.
  [[nodiscard]] virtual std::chrono::nanoseconds time() const = 0;

  /// Whether it lately took so long that it is left alone for a time: calls may be refused with
  /// chip_slow, and whoever has to do with several chips does best to come to this one last.
  [[nodiscard]] virtual bool is_slow() const { return false; }

  /// What others have done to lines of the chip since the last call, without waiting: for each line
  /// the oldest first. What the broker did itself is left out, as far as that can be known, and so
  /// is nothing that others did but where `perhaps` stands for it. Nothing where nobody tells.
  virtual std::vector<LineNews> read_news() { return {}; }

  /// Whether somebody else has a duplicate of the request that the line is in. Then every
  /// configuration and every release of the line is news, the broker's own included: who does the
  /// one while the broker does the other cannot be told apart by the time. None is lost for what
  /// happens to lines that are not watched apart. Where some were lost all the same the line counts
  /// as configured. Refused where nobody tells: unsupported, and what opening the chip is refused
  /// for.
  virtual Result<void> watch_apart(Offset offset, bool apart);

  /// By which it is known when it has news.
  [[nodiscard]] ChipId id() const { return id_; }
  void set_id(ChipId id) { id_ = id; }

  /// The outside world of a simulated chip; null for a real one.
  virtual Simulation* simulation() { return nullptr; }

 private:
  ChipId id_;
};

inline Result<void> Chip::watch_apart(Offset /*offset*/, bool /*apart*/) {
  return refuse(Reason::unsupported, "lines",
                "chip " + info().name + " does not tell what others do to its lines");
}

/// GPIO_V2_LINES_MAX of linux/gpio.h: more lines in a request are refused by the kernel.
inline constexpr std::size_t kMostLines = 64;

}  // namespace gpiobroker::core
