// SPDX-License-Identifier: GPL-2.0-or-later
// Watches by sd-event's inotify source.
#include "loop/folder_watch.h"

#include <string_view>

#include <sys/inotify.h>

namespace gpiobroker::loop {
namespace {

constexpr std::uint32_t kComingAndGoing =
    IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR;

}  // namespace

FolderWatch::FolderWatch(EventLoop& loop, const std::string& folder, std::string prefix,
                         std::function<void()> callback)
    : loop_(loop), prefix_(std::move(prefix)), callback_(std::move(callback)) {
  sd_event_source* source = nullptr;
  checked(
      sd_event_add_inotify(loop.get(), &source, folder.c_str(), kComingAndGoing, on_event, this),
      "cannot watch a folder");
  source_.reset(source);
}

int FolderWatch::on_event(sd_event_source*, const inotify_event* event, void* self) {
  auto& watch = *static_cast<FolderWatch*>(self);
  const std::string_view name = event->len > 0 ? &event->name[0] : "";
  const bool lost_some = (event->mask & IN_Q_OVERFLOW) != 0;
  if (!lost_some && !name.starts_with(watch.prefix_)) return 0;
  return watch.loop_.guarded(watch.callback_);
}

}  // namespace gpiobroker::loop
