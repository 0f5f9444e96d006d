// SPDX-License-Identifier: GPL-2.0-or-later
// The one way out to the bus: what the bus does not take is counted and told of, and the broker
// goes on.
#pragma once

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "bus/wire/text.h"
#include "core/line/line_id.h"

namespace gpiobroker::bus {

/// The bus may refuse what it is given: no memory, a queue that is full, a message that is too
/// large, a property that cannot be told. One client who is not answered, or a change that nobody
/// hears of, is bad luck; that is no reason to end what all others have.
class Outbox {
 public:
  enum class Kind { answer, signal, question };

  /// Something that did not go out.
  struct Unsent {
    Kind kind = Kind::signal;
    std::string what;  ///< "the signal InterfacesAdded"
    std::string why;   ///< in the words of the bus library
  };
  using Failed = std::function<void(const Unsent&)>;

  /// `failed` is told of everything that was refused, but for the refusals of a bus that is gone:
  /// nobody misses those, and the watch on the bus tells of its loss.
  explicit Outbox(Failed failed) : failed_(std::move(failed)) {}

  /// An object is there with an interface, is not there any more, or has other properties: of those
  /// that are named, else of all that are announced.
  void added(sdbus::IObject& object, const char* interface);
  void removed(sdbus::IObject& manager, const sdbus::ObjectPath& path, const char* interface);
  void changed(sdbus::IObject& object, const char* interface,
               const std::vector<sdbus::PropertyName>& properties = {});

  /// A signal to one client alone. False if it did not go out.
  template <class... Values>
  bool tell(const core::ClientName& client, sdbus::IObject& object, const char* interface,
            const char* signal, const Values&... values) {
    static_assert((... && !std::is_same_v<Values, std::string>), "send a Text");
    return attempt(Kind::signal, signal, [&] {
      auto message =
          object.createSignal(sdbus::InterfaceName(interface), sdbus::SignalName(signal));
      (void)(message << ... << values);
      message.setDestination(client.value);
      object.emitSignal(message);
    });
  }

  /// The answer to a call. False if it did not go out: the caller still waits then.
  template <class... Returns>
  bool answer(const std::string& method, const sdbus::Result<Returns...>& result,
              const Returns&... values) {
    return attempt(Kind::answer, method, [&] { result.returnResults(values...); });
  }
  template <class... Returns>
  void refuse(const std::string& method, const sdbus::Result<Returns...>& result,
              const sdbus::Error& error) {
    attempt(Kind::answer, method, [&] { result.returnError(error); });
  }

  /// A call that the broker makes, as by `call(proxy.callMethodAsync(method))`. False if it did not
  /// go out: there will be no answer.
  template <class Call>
  bool ask(sdbus::IProxy& proxy, const char* method, Call call) {
    return attempt(Kind::question, method, [&] { call(proxy.callMethodAsync(method)); });
  }

  /// What the bus library itself has said of an attempt to send: a negative errno, or no error.
  void note(Kind kind, const std::string& name, int result) const;

 private:
  template <class Send>
  bool attempt(Kind kind, const std::string& name, Send send) {
    try {
      send();
      return true;
    } catch (const sdbus::Error& error) {
      note(kind, name, error);
      return false;
    }
  }

  void note(Kind kind, const std::string& name, const sdbus::Error& error) const;

  Failed failed_;
};

}  // namespace gpiobroker::bus
