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
/// the bus does not vouch for, nor beyond what the client may ask for in its time, and none leaves
/// without one answer.
class Calls {
 public:
  /// Whether a call may be made now; asked once for each.
  using Admit = std::function<core::Result<void>(const core::Holder&)>;

  Calls(sdbus::IConnection& connection, Callers& callers, Admit admit)
      : connection_(connection), callers_(callers), admit_(std::move(admit)) {}

  /// Does `work(holder)`, which returns core::Result of what the method returns, and answers with
  /// that. At once if the caller is known; else when the bus has said who it is.
  template <class... Returns, class Work>
  void carry_out(sdbus::Result<Returns...>&& result, Work work) {
    const core::ClientName client{connection_.getCurrentlyProcessedMessage().getSender()};
    if (const core::Holder* holder = callers_.known(client)) {
      answer(result, *holder, work);
      return;
    }
    auto shared = std::make_shared<sdbus::Result<Returns...>>(std::move(result));
    auto then = [this, shared, work = std::move(work)](const core::Holder* holder) mutable {
      if (holder == nullptr) return shared->returnError(unknown_caller());
      answer(*shared, *holder, work);
    };
    if (!callers_.ask(client, std::move(then))) shared->returnError(too_many_calls());
  }

 private:
  template <class... Returns, class Work>
  void answer(const sdbus::Result<Returns...>& result, const core::Holder& holder, Work& work) {
    try {
      if (const auto admitted = admit_(holder); !admitted) {
        return result.returnError(to_error(admitted.error()));
      }
      const auto outcome = work(holder);
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
  Admit admit_;
};

}  // namespace gpiobroker::bus
