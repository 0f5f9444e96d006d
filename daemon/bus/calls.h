// SPDX-License-Identifier: GPL-2.0-or-later
// Carries out a call on behalf of whoever the bus says made it, and answers it.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>
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
  /// A call that was answered with an error.
  struct Refused {
    std::string method;  ///< such as "AcquireLines"
    std::string error;   ///< what follows the last dot of the error's name, such as "Busy"
    std::string message;
  };

  struct Hooks {
    /// Whether a call may be made now; asked once for each.
    std::function<core::Result<void>(const core::Holder&)> admit;
    std::function<void(const core::Holder&, const Refused&)> refused;
  };

  Calls(sdbus::IConnection& connection, Callers& callers, Hooks hooks)
      : connection_(connection), callers_(callers), hooks_(std::move(hooks)) {}

  /// Does `work(holder)`, which returns core::Result of what the method returns, and answers with
  /// that. At once if the caller is known; else when the bus has said who it is.
  template <class... Returns, class Work>
  void carry_out(sdbus::Result<Returns...>&& result, Work work) {
    const sdbus::Message call = connection_.getCurrentlyProcessedMessage();
    const core::ClientName client{call.getSender()};
    std::string method = call.getMemberName();
    if (const core::Holder* holder = callers_.known(client)) {
      answer(result, *holder, method, work);
      return;
    }
    auto shared = std::make_shared<sdbus::Result<Returns...>>(std::move(result));
    auto then = [this, shared, method = std::move(method),
                 work = std::move(work)](const core::Holder* holder) mutable {
      if (holder == nullptr) return shared->returnError(unknown_caller());
      answer(*shared, *holder, method, work);
    };
    if (!callers_.ask(client, std::move(then))) shared->returnError(too_many_calls());
  }

 private:
  template <class... Returns, class Work>
  void answer(const sdbus::Result<Returns...>& result, const core::Holder& holder,
              const std::string& method, Work& work) {
    const auto refuse = [&](const sdbus::Error& error) {
      result.returnError(error);
      note_refusal(holder, method, error);
    };
    try {
      if (const auto admitted = hooks_.admit(holder); !admitted) {
        return refuse(to_error(admitted.error()));
      }
      const auto outcome = work(holder);
      if (!outcome) {
        refuse(to_error(outcome.error()));
      } else if constexpr (sizeof...(Returns) == 0) {
        result.returnResults();
      } else {
        result.returnResults(*outcome);
      }
    } catch (const sdbus::Error& error) {
      refuse(error);
    } catch (const std::exception& fault) {
      refuse(internal_error(fault.what()));
    }
  }

  void note_refusal(const core::Holder& caller, const std::string& method,
                    const sdbus::Error& error) {
    const std::string name = error.getName();
    hooks_.refused(caller, {.method = method,
                            .error = name.substr(name.rfind('.') + 1),
                            .message = error.getMessage()});
  }

  sdbus::IConnection& connection_;
  Callers& callers_;
  Hooks hooks_;
};

}  // namespace gpiobroker::bus
