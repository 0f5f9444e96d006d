// SPDX-License-Identifier: GPL-2.0-or-later
// A filter of sd-bus, which sdbus-c++ has none of. An error that it sets is the call's answer.
#include "bus/callers/call_gate.h"

#include <algorithm>
#include <string>
#include <utility>

#include "bus/wire/call_kind.h"
#include "bus/wire/errors.h"
#include "bus/wire/message_size.h"

namespace gpiobroker::bus {
namespace {

constexpr int kGoOn = 0;
constexpr int kAnswered = 1;
constexpr std::uint32_t kNothing = 0;           // to ask whether there is any budget left
constexpr std::size_t kBytesOfACall = 4096;     // that a call brings before it counts as two
constexpr std::size_t kAnswerOfAnObject = 512;  // in bytes, about, where it is of all objects
constexpr std::size_t kLongestToStrangers = std::size_t{64} * 1024;

// Messages that the bus has not taken yet.
constexpr std::uint64_t kMostUnsent = 1024;
constexpr std::uint64_t kMostUnsentBeforeALook = 16;

core::Refusal does_not_read() {
  return {core::Reason::quota_exceeded, "calls-per-second",
          "you, or other clients of your user, have not read what they were answered: read it, or "
          "end them"};
}

Calls::Refused unread(sd_bus_message& call, const char* why) {
  return {.method = std::string(member_of(call)),
          .error = "Unread",
          .message = std::string("it is not answered: ") + why};
}

/// What the bus library itself tells of, such as a lost connection, has a sender like the bus's.
bool is_signal_of_a_client(sd_bus_message& message) {
  if (sd_bus_message_is_signal(&message, nullptr, nullptr) <= 0) return false;
  const char* sender = sd_bus_message_get_sender(&message);
  return sender != nullptr && *sender == ':';
}

void set(sd_bus_error* error, const sdbus::Error& to) {
  sd_bus_error_set(error, to.getName().c_str(), to.getMessage().c_str());
}

}  // namespace

CallGate::CallGate(sd_bus& bus, loop::EventLoop& loop, Callers& callers, Outbox& outbox,
                   Hooks hooks)
    : bus_(bus),
      loop_(loop),
      callers_(callers),
      hooks_(std::move(hooks)),
      unread_(hooks_.ask_for_unread),
      repeater_(bus, outbox),
      untold_(callers, hooks_.refused) {
  sd_bus_slot* slot = nullptr;
  loop::checked(sd_bus_add_filter(&bus, &slot, on_message, this), "cannot filter calls");
  filter_.reset(slot);
}

int CallGate::on_message(sd_bus_message* message, void* self, sd_bus_error* error) {
  if (is_signal_of_a_client(*message)) return kAnswered;
  if (sd_bus_message_is_method_call(message, nullptr, nullptr) <= 0) return kGoOn;
  auto& gate = *static_cast<CallGate*>(self);
  bool through = true;
  gate.loop_.guarded([&] { through = gate.lets_through(*message, error); });
  return through ? kGoOn : kAnswered;
}

bool CallGate::lets_through(sd_bus_message& message, sd_bus_error* error) {
  const char* sender = sd_bus_message_get_sender(&message);
  if (sender == nullptr || repeater_.made(message)) return true;
  const core::ClientName client{sender};
  const core::Client* caller = callers_.known(client);
  const bool is_refused = caller == nullptr ? sent_too_large_.contains(client)
                                            : !hooks_.admit(*caller, kNothing).has_value();
  const Incoming call = is_refused ? unmeasured(message, client) : measure(message, client);
  return caller == nullptr ? admits_stranger(call, error) : admits(*caller, call, error);
}

/// What is refused whatever it brings. The bus library has a message of many MiB looked through
/// byte by byte for as long as others can feel.
CallGate::Incoming CallGate::unmeasured(sd_bus_message& message,
                                        const core::ClientName& client) const {
  const std::size_t most = takes_lists(message) ? kMostOfLists : kMost;
  return {.message = message,
          .client = client,
          .most = most,
          .size = most + 1,
          .cost = 1,
          .answer = size_of_answer(message, 0)};
}

CallGate::Incoming CallGate::measure(sd_bus_message& message,
                                     const core::ClientName& client) const {
  const std::size_t most = takes_lists(message) ? kMostOfLists : kMost;
  const std::size_t size = size_of(message, most);
  const std::size_t objects = wants_all_objects(message) ? hooks_.object_count() : 0;
  return {
      .message = message,
      .client = client,
      .most = most,
      .size = size,
      .cost = static_cast<std::uint32_t>(std::max(objects, std::size_t{1}) + size / kBytesOfACall),
      .answer = size_of_answer(message, std::min(size, most)) + objects * kAnswerOfAnObject};
}

/// What cannot be sent waits in the broker's memory: much, where the bus has stopped to take
/// anything, and a long answer or two where it is but slow.
bool CallGate::is_stuck(const Incoming& call) const {
  std::uint64_t unsent = 0;
  if (sd_bus_get_n_queued_write(&bus_, &unsent) < 0) return false;
  return unsent >= (call.answer > kLongestToStrangers ? kMostUnsentBeforeALook : kMostUnsent);
}

/// If not, it is refused, or, as an error would be one message more, not answered at all.
bool CallGate::may_be_answered(const core::Client& caller, const Incoming& call,
                               sd_bus_error* error) {
  if (is_stuck(call)) {
    hooks_.refused(caller, unread(call.message, "the bus takes nothing from the broker"));
    return false;
  }
  switch (unread_.admit(caller, call.answer)) {
    case Unread::Verdict::answer: return true;
    case Unread::Verdict::refuse:
      refuse(caller, call, to_error(does_not_read()), error);
      return false;
    case Unread::Verdict::ignore:
      hooks_.refused(caller, unread(call.message, "the client has not read its answers so far"));
      return false;
  }
  return false;
}

/// What is not answered is charged for like all else: it was looked through.
bool CallGate::admits(const core::Client& caller, const Incoming& call, sd_bus_error* error) {
  const auto admitted = hooks_.admit(caller, call.cost);
  if (!may_be_answered(caller, call, error)) return false;
  if (admitted && call.size <= call.most) return true;
  refuse(caller, call, admitted ? too_large(call.most) : to_error(admitted.error()), error);
  return false;
}

/// The one call of Calls that it is charged for there is not charged twice.
bool CallGate::admits_stranger(const Incoming& call, sd_bus_error* error) {
  if (is_stuck(call)) {
    hooks_.refused(stranger(call.client),
                   unread(call.message, "the bus takes nothing from the broker"));
    return false;
  }
  if (call.size > call.most) {
    sent_too_large_.insert(call.client);
    pay_later(call, call.cost, {});
    refuse_stranger(call, too_large(call.most), error);
    return false;
  }
  if (is_carried_out_by_calls(call.message)) {
    if (auto room = strangers_.make_room(call.client, call.size)) {
      pay_later(call, call.cost - 1, std::move(*room));
      return true;
    }
  } else if (may_be_answered_at_once(call)) {
    pay_later(call, call.cost, {});
    return true;
  } else if (Repeater::repeats(call.message) && waits(call)) {
    return false;
  }
  refuse_stranger(call, too_many_calls(), error);
  return false;
}

/// Also has the bus asked who that is, and keeps the room until it has answered.
void CallGate::pay_later(const Incoming& call, std::uint32_t cost, Strangers::Room room) {
  (void)callers_.ask(call.client, [this, cost, answer = call.answer,
                                   room = std::move(room)](const core::Client* caller) {
    if (caller == nullptr) return;
    (void)unread_.admit(*caller, answer);
    if (cost > 0) (void)hooks_.admit(*caller, cost);
  });
}

bool CallGate::may_be_answered_at_once(const Incoming& call) {
  const bool may_wait = Repeater::repeats(call.message);
  if (may_wait && call.answer > kLongestToStrangers) return false;
  return hooks_.admit(stranger(call.client), call.cost).has_value();
}

bool CallGate::waits(const Incoming& call) {
  auto room = strangers_.make_room(call.client, call.size);
  if (!room) return false;
  SdMessage kept(sd_bus_message_ref(&call.message), &sd_bus_message_unref);
  return callers_.ask(call.client, [this, call, kept = std::move(kept),
                                    room = std::move(*room)](const core::Client* caller) mutable {
    make_again(caller, call, std::move(kept), std::move(room));
  });
}

void CallGate::make_again(const core::Client* caller, const Incoming& call, SdMessage kept,
                          Strangers::Room room) {
  if (caller == nullptr) return repeater_.refuse(*kept, unknown_caller());
  sd_bus_error refusal{};
  if (!admits(*caller, call, &refusal)) {
    if (sd_bus_error_is_set(&refusal) != 0) repeater_.refuse(*kept, refusal);
    sd_bus_error_free(&refusal);
    return;
  }
  if (sd_bus_message_get_expect_reply(kept.get()) > 0) {
    repeater_.repeat(std::move(kept), std::move(room));
  }
}

void CallGate::refuse(const core::Client& caller, const Incoming& call, const sdbus::Error& refusal,
                      sd_bus_error* error) {
  set(error, refusal);
  hooks_.refused(caller, Calls::refusal_of(std::string(member_of(call.message)), refusal));
}

void CallGate::refuse_stranger(const Incoming& call, const sdbus::Error& refusal,
                               sd_bus_error* error) {
  set(error, refusal);
  untold_.add(call.client, Calls::refusal_of(std::string(member_of(call.message)), refusal));
}

void CallGate::forget(const core::ClientName& client) {
  sent_too_large_.erase(client);
  unread_.forget(client);
  untold_.forget(client);
}

}  // namespace gpiobroker::bus
