// SPDX-License-Identifier: GPL-2.0-or-later
// Lines held by a request of a chip that may be slow.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "gpio/edge_source.h"
#include "gpio/patient_calls.h"

namespace gpiobroker::gpio {

/// What requests need of the daemon's loop. Without one nobody is told of edges.
struct LoopOfRequests {
  /// Has the loop call back when a request of the inner chip's has edges to read.
  using Watch =
      std::function<EdgeSource::Watch(core::LineRequest& inner, std::function<void()> readable)>;

  EdgeSource* edges = nullptr;  ///< outlives the chip and its requests
  Watch watch = {};
};

/// May outlive the chip that it was made by. Ends without waiting where the chip is slow: the
/// other request is then closed in its turn.
class PatientLineRequest : public core::LineRequest {
 public:
  PatientLineRequest(std::shared_ptr<core::LineRequest> inner, std::vector<core::Offset> lines,
                     std::shared_ptr<PatientCalls> calls, LoopOfRequests loop)
      : inner_(std::move(inner)),
        lines_(std::move(lines)),
        calls_(std::move(calls)),
        loop_(std::move(loop)) {}
  PatientLineRequest(const PatientLineRequest&) = delete;
  PatientLineRequest& operator=(const PatientLineRequest&) = delete;
  ~PatientLineRequest() override;

  core::Result<void> configure(
      std::span<const core::LineWithSettings<core::Offset>> lines) override;
  core::Result<void> secure(std::span<const core::LineWithSettings<core::Offset>> lines) override;
  core::Result<std::vector<core::Value>> get(std::span<const core::Offset> offsets) override;
  core::Result<void> set(std::span<const core::LineWithValue<core::Offset>> values) override;

  /// Not in the thread: there is nothing to wait for, and edges come while a call is slow.
  core::Result<std::vector<core::LineEdge>> read_edges() override;

  /// Stops to read edges for good.
  core::Result<int> hand_out() override;

 private:
  void watch_edges(std::span<const core::LineWithSettings<core::Offset>> lines);

  std::shared_ptr<core::LineRequest> inner_;
  std::vector<core::Offset> lines_;
  std::shared_ptr<PatientCalls> calls_;
  LoopOfRequests loop_;
  bool had_edges_ = false;
  bool is_handed_out_ = false;
  EdgeSource::Watch watch_;  // ends before the request, whose descriptor may be reused at once
};

}  // namespace gpiobroker::gpio
