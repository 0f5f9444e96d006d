// SPDX-License-Identifier: GPL-2.0-or-later
// Calls back when entries of a folder come or go, by inotify(7).
#pragma once

#include <functional>
#include <string>

#include "loop/event_loop.h"

namespace gpiobroker::loop {

/// Says that something has changed, not what: events may come twice, in bursts, or be lost when
/// there are too many, so the one who is called looks at the folder.
class FolderWatch {
 public:
  /// Only entries whose names begin like this are of interest. Throws std::system_error.
  FolderWatch(EventLoop& loop, const std::string& folder, std::string prefix,
              std::function<void()> callback);
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;
  ~FolderWatch() = default;

 private:
  static int on_event(sd_event_source*, const inotify_event* event, void* self);

  EventLoop& loop_;
  std::string prefix_;
  std::function<void()> callback_;
  Source source_{nullptr, &sd_event_source_disable_unref};
};

}  // namespace gpiobroker::loop
