// SPDX-License-Identifier: GPL-2.0-or-later
// Opens the chip, asks it about lines, and makes requests of it.
#include "gpio/kernel_chip.h"

#include <system_error>
#include <utility>

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "core/base/spelling.h"
#include "core/base/text.h"
#include "gpio/errno_reason.h"
#include "gpio/kernel_line_request.h"
#include "gpio/request_rules.h"
#include "gpio/translate.h"

namespace gpiobroker::gpio {
namespace {

// GPIO_V2_LINES_MAX * 16: as many edges as the kernel keeps for a request (gpiolib-cdev.c). What
// comes beyond while nobody reads takes the place of the oldest.
constexpr std::size_t kEventBufferSize = 1024;

/// The chip's folder in sysfs has the chip's number in its name; the folder above is the device's.
std::string device_of(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return "";
  const std::string number =
      std::to_string(major(status.st_rdev)) + ":" + std::to_string(minor(status.st_rdev));
  std::error_code none;
  const auto folder = std::filesystem::canonical("/sys/dev/char/" + number, none);
  return none ? "" : folder.parent_path().string();
}

}  // namespace

core::Result<std::unique_ptr<KernelChip>> KernelChip::open(const std::filesystem::path& path,
                                                           EdgeSource* loop) {
  return ask_kernel({Operation::open, path.native()},
                    [&] { return std::unique_ptr<KernelChip>(new KernelChip(path, loop)); });
}

KernelChip::KernelChip(const std::filesystem::path& path, EdgeSource* loop)
    : chip_(std::make_shared<gpiod::chip>(path)), loop_(loop) {
  const auto info = chip_->get_info();
  info_ = {.name = core::name_from(info.name()),
           .label = core::name_from(info.label()),
           .path = path.string(),
           .line_count = static_cast<std::uint32_t>(info.num_lines()),
           .device = device_of(chip_->fd())};
}

core::Result<core::LineInfo> KernelChip::line_info(core::Offset offset) const {
  const gpiod::line::offset line(offset.value);
  return ask_kernel({Operation::ask, info_.name, std::span(&line, 1)},
                    [&] { return from_gpiod(chip_->get_line_info(line)); });
}

std::optional<core::PinUse> KernelChip::pin_use(core::Offset offset) const {
  const std::uint64_t requests = requests_;
  if (std::exchange(requests_before_pins_, requests) != requests) pins_.forget();
  return pins_.use_of(info_, offset, loop_ == nullptr ? std::nullopt : loop_->turn());
}

core::Result<std::unique_ptr<core::LineRequest>> KernelChip::request(
    std::span<const core::Offset> offsets, std::string_view consumer) {
  ++requests_;
  if (auto valid = check_lines(info_, offsets); !valid) return core::Refused(valid.error());
  gpiod::line::offsets lines;
  for (const core::Offset offset : offsets) lines.emplace_back(offset.value);
  auto request = ask_kernel({Operation::take, info_.name, lines}, [&] {
    OwnHold hold(holds_, offsets);
    auto taken = chip_->prepare_request()
                     .set_consumer(cut_consumer(consumer))
                     .set_event_buffer_size(kEventBufferSize)
                     .add_line_settings(lines, to_gpiod(core::LineSettings{}))
                     .do_request();
    hold.taken();
    return std::make_unique<KernelLineRequest>(info_.name, std::move(taken), std::move(hold));
  });
  if (request) return std::move(*request);
  if (request.error().reason == core::Reason::in_use) return in_use(offsets, request.error());
  return core::Refused(request.error());
}

// Linux stamps edges with ktime_get_ns() (gpiolib-cdev.c, line_event_timestamp), which is
// CLOCK_MONOTONIC.
std::chrono::nanoseconds KernelChip::time() const {
  return std::chrono::steady_clock::now().time_since_epoch();
}

// The kernel does not say which of the lines is in use, nor by whom; its line info does.
core::Refused KernelChip::in_use(std::span<const core::Offset> offsets,
                                 const core::Refusal& refusal) const {
  for (const core::Offset offset : offsets) {
    const auto info = line_info(offset);
    if (info && info->used) return line_in_use(info_, offset, *info);
  }
  return core::Refused(refusal);
}

}  // namespace gpiobroker::gpio
