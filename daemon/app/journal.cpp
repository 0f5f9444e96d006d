// SPDX-License-Identifier: GPL-2.0-or-later
// Log lines, through spdlog.
#include "app/journal.h"

#include <cstdlib>
#include <memory>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/sinks/systemd_sink.h>
#include <spdlog/spdlog.h>

namespace gpiobroker::app {
namespace {

std::string names_of(const core::Broker& broker, const core::Lease& lease) {
  std::string names;
  for (const core::LeasedLine& line : lease.lines) {
    names += (names.empty() ? "" : ", ") + broker.board().chips().describe(line.id);
  }
  return names;
}

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
  const bool journal = writes_to_journal();
  auto logger =
      journal ? spdlog::systemd_logger_mt("gpiobrokerd") : spdlog::stderr_logger_mt("gpiobrokerd");
  logger->set_pattern(journal ? "%v" : "%H:%M:%S.%e %l: %v");
  logger->set_level(verbose ? spdlog::level::debug : spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

void log_grant(const core::Broker& broker, const core::Lease& lease) {
  if (!spdlog::should_log(spdlog::level::info)) return;
  spdlog::info("lease {} granted to {} ({}): {}", lease.id.value, lease.holder.name.value,
               core::describe(lease.holder), names_of(broker, lease));
}

void log_change(const core::Broker& broker, const core::Change& change) {
  for (const core::EndedLease& lease : change.ended) {
    spdlog::info("lease {} of {} ended: {}", lease.id.value, lease.holder.name.value,
                 core::to_word(lease.reason));
  }
  for (const core::FailedReset& failure : change.quarantined) {
    spdlog::error("line {} could not be reset and is in quarantine: {}",
                  broker.board().chips().describe(failure.line), failure.why);
  }
  for (const core::FailedReset& failure : change.unparked) {
    spdlog::warn("line {} is not parked: {}", broker.board().chips().describe(failure.line),
                 failure.why);
  }
  for (const core::LineId line : change.recovered) {
    spdlog::warn("line {} is reset and out of quarantine", broker.board().chips().describe(line));
  }
}

}  // namespace gpiobroker::app
