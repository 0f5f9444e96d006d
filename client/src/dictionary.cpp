// SPDX-License-Identifier: LGPL-2.1-or-later
// Enters each setting under its key.
#include "src/dictionary.h"

#include <optional>

#include "gpiobroker/words.h"

namespace gpiobroker::detail {
namespace {

class Filler {
 public:
  template <class Word>
  void add_word(const char* key, const std::optional<Word>& word) {
    if (word) dictionary_.emplace(key, sdbus::Variant(std::string(to_word(*word))));
  }

  void add(const char* key, sdbus::Variant value) { dictionary_.emplace(key, std::move(value)); }

  [[nodiscard]] Dictionary take() { return std::move(dictionary_); }

 private:
  Dictionary dictionary_;
};

void add_lifetime(Filler& filler, const Lifetime& lifetime) {
  if (lifetime.process) filler.add("process", sdbus::Variant(*lifetime.process));
  if (lifetime.fd) filler.add("fd", sdbus::Variant(sdbus::UnixFd(*lifetime.fd)));
  if (lifetime.ttl) filler.add("ttl-ms", sdbus::Variant(std::int64_t{lifetime.ttl->count()}));
  if (lifetime.persistent) filler.add("lifetime", sdbus::Variant(std::string("persistent")));
}

}  // namespace

Dictionary to_dictionary(const Settings& settings) {
  Filler filler;
  filler.add_word("direction", settings.direction);
  filler.add_word("edge", settings.edge);
  filler.add_word("bias", settings.bias);
  filler.add_word("drive", settings.drive);
  filler.add_word("event-clock", settings.event_clock);
  if (settings.value) filler.add("value", sdbus::Variant(std::int32_t{*settings.value ? 1 : 0}));
  if (settings.active_low) filler.add("active-low", sdbus::Variant(*settings.active_low));
  if (settings.debounce) {
    filler.add("debounce-period", sdbus::Variant(std::int64_t{settings.debounce->count()}));
  }
  if (settings.lifetime) add_lifetime(filler, *settings.lifetime);
  if (settings.heartbeat) {
    filler.add("heartbeat-ms", sdbus::Variant(std::int64_t{settings.heartbeat->count()}));
  }
  filler.add_word("access", settings.access);
  if (settings.unobserved) filler.add("unobserved", sdbus::Variant(*settings.unobserved));
  if (settings.take_from_peripheral) {
    filler.add("take-from-peripheral", sdbus::Variant(*settings.take_from_peripheral));
  }
  if (settings.event_buffer_size) {
    filler.add("event-buffer-size", sdbus::Variant(*settings.event_buffer_size));
  }
  if (settings.edge_timeout) {
    filler.add("edge-timeout-ms", sdbus::Variant(std::int64_t{settings.edge_timeout->count()}));
  }
  if (settings.direct) filler.add("direct", sdbus::Variant(*settings.direct));
  if (!settings.consumer.empty()) filler.add("consumer", sdbus::Variant(settings.consumer));
  return filler.take();
}

}  // namespace gpiobroker::detail
