// SPDX-License-Identifier: GPL-2.0-or-later
// Log lines with fields beside them, for those who search the journal.
#pragma once

#include <string>
#include <vector>

#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>

namespace gpiobroker::app {

/// Fields of the journal, "NAME=value", that go with every line logged while this lives. One at a
/// time: the daemon logs from one thread, and each event on its own.
class JournalFields {
 public:
  explicit JournalFields(std::vector<std::string> fields) { current_ = std::move(fields); }
  JournalFields(const JournalFields&) = delete;
  JournalFields& operator=(const JournalFields&) = delete;
  ~JournalFields() { current_.clear(); }

  [[nodiscard]] static const std::vector<std::string>& current() { return current_; }

 private:
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): private, of one thread
  inline static std::vector<std::string> current_;
};

/// Writes to the systemd journal by its own protocol. spdlog's sink for it has no way to hand over
/// fields.
class JournalSink : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit JournalSink(std::string identifier) : identifier_(std::move(identifier)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override {}

 private:
  std::string identifier_;
};

}  // namespace gpiobroker::app
