// SPDX-License-Identifier: GPL-2.0-or-later
// Hands a lease's kernel requests to its holder, and hears what is done with them.
#pragma once

#include <string>
#include <vector>

#include "core/broker/duplicates.h"
#include "core/broker/line_taking.h"
#include "core/broker/state.h"
#include "core/chip/line_news.h"

namespace gpiobroker::core {

/// A kernel request of a lease, for a duplicate.
struct OpenRequest {
  /// Its lines as the holder calls them, in the order of the request's bits; empty for one that
  /// was released.
  std::vector<std::string> lines;
  int descriptor = -1;  ///< the broker's own, open until lines change hands the next time
};

/// Direct leases: their holder reads, drives and configures the lines by system calls alone. The
/// broker keeps descriptors of the same requests, and resets by them.
class Direct {
 public:
  Direct(BrokerState& state, LineTaking& taking, Duplicates& duplicates)
      : state_(state), taking_(taking), duplicates_(duplicates) {}

  /// Opens a lease for a client. From then on its edges are the holder's to read, it cannot be
  /// offered to anybody, and whoever opened it is waited for at its end. Refused: no_such_lease,
  /// not_direct, unsupported, not_recorded, quota_exceeded.
  Result<std::vector<OpenRequest>> open(const Client& caller, LeaseId lease);

  /// Whether anybody waits for the end of that client's process.
  [[nodiscard]] bool is_awaited(const ClientName& opener) const {
    return !state_.outstanding.of_opener(opener).empty();
  }

  /// The process of a client that opened leases has ended.
  Change opener_gone(const ClientName& opener, Instant now) {
    return duplicates_.opener_gone(opener, now);
  }

  /// A client says that it has closed what it opened of a lease, whether that is over or not.
  /// Refused: no_such_lease, for one that it has opened nothing of.
  Result<Change> let_go(const Client& caller, LeaseId lease, Instant now);

  /// What the kernel tells of a line that was handed out, or that waits for its end.
  [[nodiscard]] bool concerns(LineId line) const;
  Change heard(LineId line, const LineNews& news, Instant now);

 private:
  [[nodiscard]] std::vector<RequestId> requests_of(const Lease& lease) const;
  [[nodiscard]] Result<void> check_few_openers(const std::vector<RequestId>& requests,
                                               const Client& caller) const;
  Result<std::vector<OpenRequest>> hand_out_all(const Lease& lease,
                                                const std::vector<RequestId>& requests);
  Result<void> prepare(const std::vector<RequestId>& requests);
  void stop_watching(const std::vector<RequestId>& requests);
  Result<OpenRequest> hand_out(const Lease& lease, RequestId request);
  void enter(const Lease& lease, RequestId request, const ClientName& opener);
  void note_configured(LineId line);

  BrokerState& state_;
  LineTaking& taking_;
  Duplicates& duplicates_;
};

}  // namespace gpiobroker::core
