// SPDX-License-Identifier: GPL-2.0-or-later
// The lines that the broker holds from the kernel, and the kernel requests they are in.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/chip/chip_set.h"

namespace gpiobroker::core {

/// One kernel request per chip and take(), so that a group is written in one step.
///
/// The kernel cannot give back a part of a request. A line that is given back while others of its
/// request are in use stays in it, idle: no other program can slip in, the others see no glitch,
/// and a later take() finds it there. The request closes with the last line that is in use or kept.
///
/// A request that is taken apart is for the lines of one lease, which may be given a duplicate of
/// it: a line of it that is given back serves nobody until all of them are.
class HeldLines {
 public:
  explicit HeldLines(ChipSet& chips) : chips_(chips) {}

  /// The chips that the lines are of.
  [[nodiscard]] const ChipSet& chips() const { return chips_; }

  /// Whether others may come to have lines of the same kernel request.
  enum class Sharing { common, apart };

  /// Takes lines as they are: all of them, or none. None may be in use here already. Refused: as
  /// Chip::request(), and busy as why_not() says.
  Result<void> take(std::span<const LineId> lines, std::string_view consumer,
                    Sharing sharing = Sharing::common);

  /// Why one of these lines cannot be taken with the others although nobody uses it, in words:
  /// its request is apart, or it is to be and has other lines.
  [[nodiscard]] std::optional<std::string> why_not(LineId line, std::span<const LineId> lines,
                                                   Sharing sharing) const;

  /// Lets go of lines, in whatever state they are: reset them first.
  void give_back(std::span<const LineId> lines);

  /// Closes the request that a line is in, whoever uses its lines, in whatever state they are.
  void close(LineId line);

  /// Lets go of lines that are as they were found. The request of a driven one stays open, since
  /// what closing does to it is up to its driver; a later take() finds it there.
  void give_back_as_found(std::span<const LineId> lines);

  /// Whether a line that nobody uses is held all the same, because closing its request might change
  /// what it is; and lets go of such lines, whatever that does to them.
  [[nodiscard]] bool keeps(LineId line) const;
  void give_back_kept(std::span<const LineId> lines);

  /// Holds on to lines that nobody uses any more; a later take() finds them here, and they stay
  /// parked when it turns out to be in vain. give_back() lets them go.
  void park(std::span<const LineId> lines);

  /// Lets go of a parked line, at once or when it is not in use any more.
  void unpark(LineId line);

  /// Forgets the lines of a chip that is gone.
  void drop(ChipId chip);

  /// What settings are applied for: use, or the safety of lines (LineRequest::secure).
  enum class Purpose { use, safety };

  /// Applies settings, a step of the kernel's per request. Lines of the same requests that are not
  /// named keep theirs, levels included; those of a request that is apart by being left out, since
  /// whoever has a duplicate may have set them otherwise than is known here. After a refusal some
  /// of the lines may be configured.
  Result<void> configure(std::span<const LineWithSettings<LineId>> settings,
                         Purpose purpose = Purpose::use);

  /// Somebody else has configured a line by a duplicate of its request.
  void note_applied(LineId line, const LineSettings& settings);

  /// Applies settings to one line, for its safety, and does not touch the others of its request,
  /// even if they fail.
  Result<void> configure_alone(LineId line, const LineSettings& settings);

  /// Gives lines earlier settings back, those of a request together or else each alone. Returns
  /// those for which that did not work. A chip that is slow goes on with it.
  std::vector<LineId> restore(std::span<const LineWithSettings<LineId>> settings);

  /// Leaves a line alone from now on when others of its request are configured: it could not be
  /// configured itself, so nobody knows what it is, and what it was must not be driven again.
  void leave_alone(LineId line);

  /// Logical levels, in the order of the lines.
  Result<std::vector<Value>> get(std::span<const LineId> lines) const;

  /// Drives lines, a step of the kernel's per request.
  Result<void> set(std::span<const LineWithValue<LineId>> values);

  /// Whether a line that is held is an output. Of one that the chip does not tell about: yes, to be
  /// on the safe side.
  [[nodiscard]] bool is_driven(LineId line) const;

  [[nodiscard]] bool holds(LineId line) const { return slots_.contains(line); }
  [[nodiscard]] bool in_use(LineId line) const;

  /// What was last applied to a line that is held, with the level last driven.
  [[nodiscard]] const LineSettings& applied(LineId line) const { return slots_.at(line).applied; }

  /// The same lines, those of one kernel request together.
  [[nodiscard]] std::vector<std::vector<LineId>> by_request(std::span<const LineId> lines) const;

  /// The request that a held line is in, or null.
  [[nodiscard]] LineRequest* request_with(LineId line) const;

  /// An open request by its id, with its chip; nothing if it is closed. Valid until the next call
  /// that lets go of lines.
  struct OpenRequest {
    LineRequest& kernel;
    ChipId chip;
  };
  [[nodiscard]] std::optional<OpenRequest> find(RequestId id) const;

  /// The id of the request that a held line is in, and all its lines, in the order of their bits.
  [[nodiscard]] RequestId id_of(LineId line) const { return slots_.at(line).request; }
  [[nodiscard]] const std::vector<LineId>& lines_of(RequestId id) const {
    return requests_.at(id).lines;
  }

  [[nodiscard]] std::size_t request_count() const { return requests_.size(); }

 private:
  struct Slot {
    RequestId request;
    LineSettings applied;
    bool in_use = false;
    bool kept = false;    // not in use, but closing its request might change it
    bool parked = false;  // to be held while it is not in use
  };
  struct Request {
    std::unique_ptr<LineRequest> kernel;
    std::vector<LineId> lines;  // in the order of the kernel request
    bool apart = false;         // for the lines of one lease, and nobody else
  };

  Result<void> take_of_chip(ChipId chip, std::span<const LineId> lines, std::string_view consumer);
  Result<void> configure_request(const Request& request,
                                 std::span<const LineWithSettings<LineId>> settings,
                                 Purpose purpose);
  [[nodiscard]] LineSettings unchanged(const Request& request, LineId line) const;
  void set_idle(std::span<const LineId> lines);
  void close_idle_requests(std::span<const LineId> lines);
  [[nodiscard]] Request& request_of(LineId line) const;

  ChipSet& chips_;
  std::map<LineId, Slot> slots_;                   // each held line: where it is and what it is
  mutable std::map<RequestId, Request> requests_;  // the open kernel requests
  RequestId next_id_{1};
};

}  // namespace gpiobroker::core
