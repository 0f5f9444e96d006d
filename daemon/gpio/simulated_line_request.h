// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of a simulated chip that are held by a request.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "gpio/edge_source.h"
#include "gpio/simulated_lines.h"
#include "gpio/wake_up.h"

namespace gpiobroker::gpio {

class SimulatedLineRequest : public core::LineRequest {
 public:
  /// Takes the lines, which are free. Without a loop nobody is told of edges.
  SimulatedLineRequest(std::shared_ptr<SimulatedLines> lines, std::vector<core::Offset> offsets,
                       std::string_view consumer, EdgeSource* loop);
  SimulatedLineRequest(const SimulatedLineRequest&) = delete;
  SimulatedLineRequest& operator=(const SimulatedLineRequest&) = delete;
  ~SimulatedLineRequest() override;

  core::Result<void> configure(
      std::span<const core::LineWithSettings<core::Offset>> lines) override;
  core::Result<std::vector<core::Value>> get(std::span<const core::Offset> offsets) override;
  core::Result<void> set(std::span<const core::LineWithValue<core::Offset>> values) override;
  core::Result<std::vector<core::LineEdge>> read_edges() override;

 private:
  [[nodiscard]] core::Result<void> check_held(core::Offset offset) const;
  void wake_up_for(core::Offset offset);

  std::shared_ptr<SimulatedLines> lines_;
  std::vector<core::Offset> offsets_;
  EdgeSource* loop_;
  std::map<core::Offset, std::unique_ptr<WakeUp>> wake_ups_;  // of lines that were ever debounced
};

}  // namespace gpiobroker::gpio
