// SPDX-License-Identifier: GPL-2.0-or-later
// What a client does with a duplicate of a request's descriptor.
#pragma once

#include <memory>
#include <vector>

#include "support/fake_kernel_request.h"

namespace gpiobroker::test {

/// A copy of it is one more duplicate, such as a child inherits.
class FakeDuplicate {
 public:
  explicit FakeDuplicate(std::shared_ptr<FakeKernelRequest> request)
      : request_(std::move(request)) {}

  /// Drives an output, which nobody is told of. Refused: for an input.
  core::Result<void> set(core::Offset line, core::Value value);

  /// Configures a line and leaves the others of the request alone.
  core::Result<void> configure(core::Offset line, const core::LineSettings& settings);

  void close() { request_.reset(); }
  [[nodiscard]] bool is_open() const { return request_ != nullptr; }

  /// Whether it is of the same request.
  [[nodiscard]] bool is_of_request_of(const FakeDuplicate& other) const {
    return request_ == other.request_;
  }

  /// Of the request, in the order of their bits; none once it is closed.
  [[nodiscard]] std::vector<core::Offset> lines() const;

 private:
  std::shared_ptr<FakeKernelRequest> request_;
};

}  // namespace gpiobroker::test
