// SPDX-License-Identifier: GPL-2.0-or-later
// Sends log lines to the journal by sd_journal_sendv(3).
#include "app/journal_sink.h"

#include <sys/uio.h>
#include <syslog.h>

#define SD_JOURNAL_SUPPRESS_LOCATION  // ours is always this file
#include <systemd/sd-journal.h>

namespace gpiobroker::app {
namespace {

int priority_of(spdlog::level::level_enum level) {
  if (level >= spdlog::level::critical) return LOG_CRIT;
  if (level == spdlog::level::err) return LOG_ERR;
  if (level == spdlog::level::warn) return LOG_WARNING;
  return level == spdlog::level::info ? LOG_INFO : LOG_DEBUG;
}

iovec part_of(std::string& field) {
  return {field.data(), field.size()};
}

}  // namespace

void JournalSink::sink_it_(const spdlog::details::log_msg& message) {
  std::vector<std::string> fields = JournalFields::current();
  fields.push_back("MESSAGE=" + std::string(message.payload.data(), message.payload.size()));
  fields.push_back("PRIORITY=" + std::to_string(priority_of(message.level)));
  fields.push_back("SYSLOG_IDENTIFIER=" + identifier_);
  std::vector<iovec> parts;
  for (std::string& field : fields) parts.push_back(part_of(field));
  sd_journal_sendv(parts.data(), static_cast<int>(parts.size()));
}

}  // namespace gpiobroker::app
