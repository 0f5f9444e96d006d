// SPDX-License-Identifier: GPL-2.0-or-later
// Makes one ioctl in each function.
#include "gpio/kernel_line_request.h"

#include <algorithm>
#include <cerrno>
#include <map>

#include "gpio/request_rules.h"
#include "gpio/translate.h"

namespace gpiobroker::gpio {
namespace {

constexpr std::size_t kEdgesAtOnce = 256;

/// Each line once, however often it was named.
gpiod::line::offsets keys_of(const std::map<core::Offset, core::Value>& levels) {
  gpiod::line::offsets lines;
  for (const auto& [offset, value] : levels) lines.emplace_back(offset.value);
  return lines;
}

core::Offset to_offset(gpiod::line::offset line) {
  return core::Offset{static_cast<unsigned>(line)};
}

}  // namespace

// The kernel takes the settings line by line in the order of the request and stops at the first
// that fails (Linux, gpiolib-cdev.c, linereq_set_config). A line without a direction is skipped;
// before Linux 6.10 and its stable backports the same function still cleared such a line's
// active-low, drive and edge flags, though not what its pin does.
core::Result<void> KernelLineRequest::configure(
    std::span<const core::LineWithSettings<core::Offset>> lines) {
  if (auto valid = check_variety(lines); !valid) return valid;
  gpiod::line::offsets offsets;
  for (const auto& each : lines) offsets.emplace_back(each.line.value);
  return ask_kernel({Operation::configure, chip_name_, offsets}, [&] {
    gpiod::line_config config;
    for (const auto& each : lines) {
      config.add_line_settings(each.line.value, to_gpiod(each.settings));
    }
    request_.reconfigure_lines(config);
  });
}

core::Result<std::vector<core::LineEdge>> KernelLineRequest::read_edges() {
  return ask_kernel({Operation::read, chip_name_, {}}, [&] {
    std::vector<core::LineEdge> edges;
    if (!request_.wait_edge_events(std::chrono::nanoseconds{0})) return edges;
    if (!buffer_) buffer_.emplace(kEdgesAtOnce);
    request_.read_edge_events(*buffer_);
    for (const gpiod::edge_event& event : *buffer_) edges.push_back(from_gpiod(event));
    return edges;
  });
}

core::Result<std::vector<core::Value>> KernelLineRequest::get(
    std::span<const core::Offset> offsets) {
  if (offsets.empty()) return {};
  std::map<core::Offset, core::Value> levels;
  for (const core::Offset offset : offsets) levels[offset] = core::Value::inactive;
  const gpiod::line::offsets lines = keys_of(levels);
  const KernelCall call{Operation::read, chip_name_, lines};
  if (auto fits = check_count(call); !fits) return core::Refused(fits.error());
  return ask_kernel(call, [&] {
    const gpiod::line::values read = request_.get_values(lines);
    for (std::size_t i = 0; i < lines.size(); ++i)
      levels[to_offset(lines[i])] = from_gpiod(read[i]);
    std::vector<core::Value> in_order;
    for (const core::Offset offset : offsets) in_order.push_back(levels.at(offset));
    return in_order;
  });
}

core::Result<void> KernelLineRequest::set(
    std::span<const core::LineWithValue<core::Offset>> values) {
  if (values.empty()) return {};
  std::map<core::Offset, core::Value> levels;
  for (const auto& each : values) levels[each.line] = each.value;
  const gpiod::line::offsets lines = keys_of(levels);
  const KernelCall call{Operation::set, chip_name_, lines};
  if (auto fits = check_count(call); !fits) return fits;
  return ask_kernel(call, [&] {
    gpiod::line::values wanted;
    for (const auto& [offset, value] : levels) wanted.push_back(to_gpiod(value));
    request_.set_values(lines, wanted);
  });
}

// libgpiod, up to 2.2 at least, copies the offsets it is given into a buffer of the request's size
// unchecked (bindings/cxx/line-request.cpp, fill_offset_buf): too many are a write beyond it.
core::Result<void> KernelLineRequest::check_count(const KernelCall& call) const {
  if (call.lines.size() <= request_.num_lines()) return {};
  return refusal(call, EINVAL);
}

}  // namespace gpiobroker::gpio
