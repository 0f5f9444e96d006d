// SPDX-License-Identifier: GPL-2.0-or-later
// Carries out a call on behalf of whoever the bus says made it, and answers it.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include <sdbus-c++/sdbus-c++.h>

#include "bus/callers/callers.h"
#include "bus/wire/descriptors.h"
#include "bus/wire/errors.h"
#include "bus/wire/outbox.h"
#include "core/base/result.h"

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

  /// A call of a method that was answered with an error.
  static Refused refusal_of(std::string method, const sdbus::Error& error) {
    const std::string& name = error.getName();
    return {.method = std::move(method),
            .error = name.substr(name.rfind('.') + 1),
            .message = error.getMessage()};
  }

  struct Hooks {
    /// Whether a call may be made now. Asked for those of new clients; all others have passed the
    /// gate (CallGate), which counts them.
    std::function<core::Result<void>(const core::Client&)> admit;
    std::function<void(const core::Client&, const Refused&)> refused;
  };

  Calls(sdbus::IConnection& connection, Outbox& outbox, Callers& callers, Hooks hooks)
      : connection_(connection), outbox_(outbox), callers_(callers), hooks_(std::move(hooks)) {}

  /// Does `work(holder)`, which returns core::Result of what the method returns, of several values
  /// a tuple, and answers with that. At once if the caller is known; else when the bus has said who
  /// it is.
  template <class... Returns, class Work>
  void carry_out(sdbus::Result<Returns...>&& result, Work work) {
    with_caller(std::move(result), [this, work = std::move(work)](
                                       const core::Client& holder, const std::string& method,
                                       const sdbus::Result<Returns...>& to) mutable {
      guarded(holder, method, to, [&] { respond(holder, method, to, work(holder)); });
    });
  }

  /// As carry_out(), but for `work(holder, answer)` that may keep `answer`, to call it later, once,
  /// with the core::Result of what the method returns. It says whether the bus took it.
  template <class Return, class Work>
  void carry_out_later(sdbus::Result<Return>&& result, Work work) {
    with_caller(std::move(result), [this, work = std::move(work)](
                                       const core::Client& holder, const std::string& method,
                                       sdbus::Result<Return>& to) mutable {
      auto shared = std::make_shared<sdbus::Result<Return>>(std::move(to));
      auto answer = [this, holder, method, shared](const core::Result<Return>& outcome) {
        return respond(holder, method, *shared, outcome);
      };
      guarded(holder, method, *shared, [&] {
        if (const auto room = check_descriptors(); !room) {
          answer(core::Refused(room.error()));
          return;
        }
        work(holder, std::move(answer));
      });
    });
  }

 private:
  /// Calls `then(holder, method, result)` once the caller is known, and may make the call.
  template <class... Returns, class Then>
  void with_caller(sdbus::Result<Returns...>&& result, Then then) {
    const sdbus::Message call = connection_.getCurrentlyProcessedMessage();
    const core::ClientName client{call.getSender()};
    const std::string method = call.getMemberName();
    if (const core::Client* holder = callers_.known(client)) return then(*holder, method, result);
    auto shared = std::make_shared<sdbus::Result<Returns...>>(std::move(result));
    auto when_known = [this, shared, method,
                       then = std::move(then)](const core::Client* holder) mutable {
      if (holder == nullptr) return outbox_.refuse(method, *shared, unknown_caller());
      if (const auto admitted = hooks_.admit(*holder); !admitted) {
        return refuse(*holder, method, *shared, to_error(admitted.error()));
      }
      then(*holder, method, *shared);
    };
    if (callers_.ask(client, std::move(when_known))) return;
    refuse(stranger(client), method, *shared, too_many_calls());
  }

  /// Does it, and answers what it throws.
  template <class... Returns, class Work>
  void guarded(const core::Client& holder, const std::string& method,
               const sdbus::Result<Returns...>& result, Work work) {
    try {
      work();
    } catch (const sdbus::Error& error) {
      refuse(holder, method, result, error);
    } catch (const std::exception& fault) {
      refuse(holder, method, result, internal_error(fault.what()));
    }
  }

  /// Whether what the method returns went out.
  template <class Outcome, class... Returns>
  bool respond(const core::Client& holder, const std::string& method,
               const sdbus::Result<Returns...>& result, const Outcome& outcome) {
    if (outcome && send(method, result, outcome)) return true;
    refuse(holder, method, result,
           outcome ? internal_error("the answer cannot be sent") : to_error(outcome.error()));
    return false;
  }

  template <class Outcome, class... Returns>
  bool send(const std::string& method, const sdbus::Result<Returns...>& result,
            const Outcome& outcome) {
    // NOLINTNEXTLINE(bugprone-branch-clone): branches that an instantiation discards look alike
    if constexpr (sizeof...(Returns) == 0) {
      return outbox_.answer(method, result);
    } else if constexpr (sizeof...(Returns) == 1) {
      return outbox_.answer(method, result, *outcome);
    } else {
      return std::apply(
          [&](const auto&... each) { return outbox_.answer(method, result, each...); }, *outcome);
    }
  }

  template <class... Returns>
  void refuse(const core::Client& holder, const std::string& method,
              const sdbus::Result<Returns...>& result, const sdbus::Error& error) {
    outbox_.refuse(method, result, error);
    hooks_.refused(holder, refusal_of(method, error));
  }

  sdbus::IConnection& connection_;
  Outbox& outbox_;
  Callers& callers_;
  Hooks hooks_;
};

}  // namespace gpiobroker::bus
