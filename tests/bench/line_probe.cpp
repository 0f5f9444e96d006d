// SPDX-License-Identifier: GPL-2.0-or-later
// The two probes.
#include "line_probe.h"

#include <memory>

#include <fcntl.h>
#include <linux/gpio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/file_descriptor.h"

namespace gpiobroker::bench {

namespace {

using test::checked;
using test::FileDescriptor;

bool is_input(int chip, unsigned offset) {
  gpio_v2_line_info info{};
  info.offset = offset;
  checked(ioctl(chip, GPIO_V2_GET_LINEINFO_IOCTL, &info), "cannot ask for the line");
  return (info.flags & GPIO_V2_LINE_FLAG_INPUT) != 0;
}

}  // namespace

LineProbe probe_through_broker(const BrokerClient& client, const std::string& line) {
  return [&client, path = client.find_line(line)] {
    while (client.direction(path) != "input") {
    }
  };
}

LineProbe probe_through_kernel(const std::string& device, unsigned offset) {
  const auto chip = std::make_shared<const FileDescriptor>(
      checked(open(device.c_str(), O_RDONLY | O_CLOEXEC), device.c_str()));
  gpio_v2_line_info watched{};
  watched.offset = offset;
  checked(ioctl(chip->get(), GPIO_V2_GET_LINEINFO_WATCH_IOCTL, &watched), "cannot watch the line");
  return [chip, offset] {
    while (!is_input(chip->get(), offset)) {
      gpio_v2_line_info_changed change{};
      checked(read(chip->get(), &change, sizeof change), "cannot read of the line");
    }
  };
}

}  // namespace gpiobroker::bench
