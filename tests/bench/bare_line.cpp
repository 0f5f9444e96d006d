// SPDX-License-Identifier: GPL-2.0-or-later
// One ioctl in each function.
#include "bare_line.h"

#include <chrono>
#include <cstring>
#include <filesystem>
#include <string_view>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace gpiobroker::bench {
namespace {

using test::checked;
using test::FileDescriptor;

FileDescriptor open_file(const std::string& path, int flags) {
  return FileDescriptor(checked(open(path.c_str(), flags | O_CLOEXEC), path.c_str()));
}

int request_line(const std::string& device, unsigned offset, BareLine::Use use) {
  const FileDescriptor chip = open_file(device, O_RDONLY);
  gpio_v2_line_request request{};
  request.num_lines = 1;
  request.offsets[0] = offset;
  request.config.flags = use == BareLine::Use::output
                             ? GPIO_V2_LINE_FLAG_OUTPUT
                             : GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_RISING |
                                   GPIO_V2_LINE_FLAG_EDGE_FALLING;
  std::strncpy(request.consumer, "gpiobroker-bench", sizeof request.consumer - 1);
  checked(ioctl(chip.get(), GPIO_V2_GET_LINE_IOCTL, &request), "cannot request a line");
  return request.fd;
}

/// gpio-sim has a folder for each line in that of its chip.
std::string pull_of(const std::string& device, unsigned offset) {
  const std::filesystem::path chip = std::filesystem::path(device).filename();
  const auto folder = std::filesystem::canonical("/sys/bus/gpio/devices" / chip);
  return folder / ("sim_gpio" + std::to_string(offset)) / "pull";
}

}  // namespace

BareLine::BareLine(const std::string& device, unsigned offset, Use use)
    : request_(request_line(device, offset, use)) {}

void BareLine::set(int value) const {
  gpio_v2_line_values values{.bits = value == 0 ? 0U : 1U, .mask = 1};
  checked(ioctl(request_.get(), GPIO_V2_LINE_SET_VALUES_IOCTL, &values), "cannot set a line");
}

int BareLine::get() const {
  gpio_v2_line_values values{.bits = 0, .mask = 1};
  checked(ioctl(request_.get(), GPIO_V2_LINE_GET_VALUES_IOCTL, &values), "cannot get a line");
  return static_cast<int>(values.bits & 1U);
}

Microseconds BareLine::wait_edge() const {
  gpio_v2_line_event event{};
  checked(read(request_.get(), &event, sizeof event), "cannot read an edge");
  return since(event.timestamp_ns);
}

SimulatedPull::SimulatedPull(const std::string& device, unsigned offset)
    : attribute_(open_file(pull_of(device, offset), O_WRONLY)) {}

void SimulatedPull::toggle() {
  is_up_ = !is_up_;
  const std::string_view word = is_up_ ? "pull-up" : "pull-down";
  checked(pwrite(attribute_.get(), word.data(), word.size(), 0), "cannot pull a line");
}

Microseconds since(std::uint64_t time) {
  const std::chrono::nanoseconds then(time);
  return std::chrono::steady_clock::now().time_since_epoch() - then;
}

}  // namespace gpiobroker::bench
