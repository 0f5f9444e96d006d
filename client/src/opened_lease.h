// SPDX-License-Identifier: LGPL-2.1-or-later
// What a lease was opened to: its requests to the kernel, and the way back to the broker.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gpiobroker/direct_lines.h"
#include "src/connection.h"
#include "src/lease_body.h"
#include "src/line_requests.h"

namespace gpiobroker::detail {

/// Which line of a request is which.
struct RequestLines {
  std::vector<std::string> names;      // by bit; "" for a line that was released before
  std::vector<std::uint32_t> offsets;  // by bit; empty where every request has one line
};

/// All but requests(), find() and what names lines is for the one thread that may use the
/// connection.
class OpenedLease {
 public:
  /// Throws Error as Lease::direct() does.
  OpenedLease(const Lease& lease, Lease::Body& body);
  OpenedLease(const OpenedLease&) = delete;
  OpenedLease& operator=(const OpenedLease&) = delete;

  /// Closes the descriptors and tells the broker so, unless it knows.
  ~OpenedLease();

  [[nodiscard]] LineRequests& requests() { return requests_; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] DirectLine find(const std::string& name) const;
  [[nodiscard]] const std::string& name(DirectLine line) const;

  /// The line that the kernel names by its offset on the chip; the first where that is unknown.
  [[nodiscard]] DirectLine line_of(std::size_t request, std::uint32_t offset) const;

  [[nodiscard]] Pollable pollable() const { return end_.pollable(); }
  void check();

  /// Before the lease is released. The broker believes who releases by himself.
  void let_go_for_release();

 private:
  struct Opened {
    std::vector<sdbus::UnixFd> descriptors;
    std::vector<RequestLines> requests;
  };
  [[nodiscard]] static Opened open(Lease::Body& body);
  void tell_closed() noexcept;

  std::shared_ptr<Connection> connection_;
  std::string broker_;  // unique name
  std::string path_;
  LeaseWatch end_;
  Opened opened_;  // its descriptors are the requests'
  std::vector<std::string> names_;
  LineRequests requests_;
};

}  // namespace gpiobroker::detail
