// SPDX-License-Identifier: GPL-2.0-or-later
// Sets spdlog up for the journal or for standard error.
#include "app/journal.h"

#include <cstdlib>
#include <memory>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "app/journal_sink.h"

namespace gpiobroker::app {
namespace {

/// The priority that sd-daemon(3) wants before a line on standard error.
class PriorityFlag : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& line) override {
    line.push_back(digit_for(message.level));
  }

  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<PriorityFlag>();
  }

 private:
  static char digit_for(spdlog::level::level_enum level) {
    if (level >= spdlog::level::critical) return '2';
    if (level == spdlog::level::err) return '3';
    if (level == spdlog::level::warn) return '4';
    return level == spdlog::level::info ? '6' : '7';
  }
};

// Set by systemd for services whose output goes to the journal (systemd.exec(5)).
bool writes_to_journal() {
  return std::getenv("JOURNAL_STREAM") != nullptr;
}

}  // namespace

void set_up_short_log() {
  set_up_log(false);
  if (!writes_to_journal()) return;
  auto logger = spdlog::stderr_logger_mt("gpiobroker-reset");
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<PriorityFlag>('*').set_pattern("<%*>%v");
  logger->set_formatter(std::move(formatter));
  spdlog::set_default_logger(std::move(logger));
}

void set_up_log(bool verbose) {
  constexpr const char* kName = "gpiobrokerd";
  auto logger = writes_to_journal()
                    ? std::make_shared<spdlog::logger>(kName, std::make_shared<JournalSink>(kName))
                    : std::make_shared<spdlog::logger>(
                          kName, std::make_shared<spdlog::sinks::stderr_sink_st>());
  logger->set_pattern("%H:%M:%S.%e %l: %v");
  logger->set_level(verbose ? spdlog::level::debug : spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace gpiobroker::app
