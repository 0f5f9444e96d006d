// SPDX-License-Identifier: GPL-2.0-or-later
// The two probes.
#include "line_probe.h"

#include <memory>
#include <system_error>

#include <fcntl.h>
#include <linux/gpio.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace gpiobroker::bench {

LineProbe probe_through_broker(BrokerClient& client, const std::string& line) {
  return [&client, path = client.find_line(line)] { return client.direction(path) == "input"; };
}

LineProbe probe_through_kernel(const std::string& device, unsigned offset) {
  const int fd = open(device.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), device);
  const std::shared_ptr<const int> chip(new int(fd), [](const int* open_fd) {
    close(*open_fd);
    delete open_fd;
  });
  return [chip, offset] {
    gpio_v2_line_info info{};
    info.offset = offset;
    if (ioctl(*chip, GPIO_V2_GET_LINEINFO_IOCTL, &info) != 0) {
      throw std::system_error(errno, std::generic_category(), "cannot ask for the line");
    }
    return (info.flags & GPIO_V2_LINE_FLAG_INPUT) != 0;
  };
}

}  // namespace gpiobroker::bench
