// SPDX-License-Identifier: GPL-2.0-or-later
// Carries out a call on behalf of whoever the bus says made it, and answers it.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include <sdbus-c++/sdbus-c++.h>

#include "bus/callers.h"
#include "bus/errors.h"
#include "core/result.h"

namespace gpiobroker::bus {

/// Every method that needs a caller goes through here: no call is carried out for a client that
/// the bus does not vouch for, and none leaves without one answer.
class Calls {
 public:
  Calls(sdbus::IConnection& connection, Callers& callers)
      : connection_(connection), callers_(callers) {}

  /// Does `work(holder)`, which returns core::Result of what the method returns, and answers with
  /// that. At once if the caller is known; else when the bus has said who it is.
  template <class... Returns, class Work>
  void carry_out(sdbus::Result<Returns...>&& result, Work work) {
    const core::ClientName client{connection_.getCurrentlyProcessedMessage().getSender()};
    if (const core::Holder* holder = callers_.known(client)) {
      answer(result, [&] { return work(*holder); });
      return;
    }
    auto shared = std::make_shared<sdbus::Result<Returns...>>(std::move(result));
    auto then = [shared, work = std::move(work)](const core::Holder* holder) mutable {
      if (holder == nullptr) return shared->returnError(unknown_caller());
      answer(*shared, [&] { return work(*holder); });
    };
    if (!callers_.ask(client, std::move(then))) shared->returnError(too_many_calls());
  }

 private:
  template <class... Returns, class Work>
  static void answer(const sdbus::Result<Returns...>& result, Work work) {
    try {
      const auto outcome = work();
      if (!outcome) {
        result.returnError(to_error(outcome.error()));
      } else if constexpr (sizeof...(Returns) == 0) {
        result.returnResults();
      } else {
        result.returnResults(*outcome);
      }
    } catch (const sdbus::Error& error) {
      result.returnError(error);
    } catch (const std::exception& fault) {
      result.returnError(internal_error(fault.what()));
    }
  }

  sdbus::IConnection& connection_;
  Callers& callers_;
};

}  // namespace gpiobroker::bus
