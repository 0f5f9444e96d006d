// SPDX-License-Identifier: GPL-2.0-or-later
// Reading is quick and done in the loop; names are not, and come later.
#include "app/configurator.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <spdlog/spdlog.h>

namespace gpiobroker::app {
namespace {

using std::chrono::seconds;

constexpr const char* kNotYet = "it is still being looked up";

/// As long as a start waits for names: whoever calls meanwhile waits as long.
constexpr seconds kFirstWait{2};

/// Name services that are asked for longer do not answer. Less than systemd waits for a reload.
constexpr seconds kLongestLookup{15};

/// How soon files that are wrong are read again.
constexpr seconds kUntilMended{2};

constexpr seconds kFirstPause{1};
constexpr seconds kLongestPause{60};

/// Between looks for a group gpio that nobody may mean, where it was not there for long.
constexpr seconds kRarely{std::chrono::hours(24)};

}  // namespace

Configurator::Configurator(loop::EventLoop& loop, std::filesystem::path folder, Hooks hooks)
    : loop_(loop), folder_(std::move(folder)), hooks_(std::move(hooks)) {
  wrong_ = read();
  if (wrong_.empty()) look_up();
}

/// Interpreted without a name known, which tells whether all else is right, and what names there
/// are.
config::Problems Configurator::read() {
  auto next = config::read_folder(folder_);
  if (!next) return std::move(next.error());
  config::KnownAccounts wanted;
  const auto draft = config::interpret(next->documents, config::accounts_in(wanted, kNotYet));
  if (!draft) return draft.error();
  sources_ = std::move(*next);
  wanted_ = std::move(wanted);
  is_new_ = true;
  return {};
}

void Configurator::start() {
  if (!wrong_.empty()) return reject(wrong_);
  if (lookup_ && lookup_->wait(kFirstWait)) return looked_up();
  spdlog::warn(
      "users and groups are still being looked up by name: until they are known, rules that name "
      "them allow nothing, and those that deny hold for everybody");
  known_ = wanted_;
  put_in_force();
  if (!lookup_ && is_open_) try_again_soon();
}

void Configurator::reload() {
  reloads_ = true;
  pause_ = seconds(0);
  report_.forget_log();
  load();
}

void Configurator::load() {
  if (const config::Problems problems = read(); !problems.empty()) {
    reject(problems);
  } else if (!look_up()) {
    take(wanted_);
  }
}

void Configurator::reject(const config::Problems& problems) {
  std::vector<std::string> texts = to_texts(problems);
  if (is_open_) {
    texts.insert(texts.begin(), "the configuration is wrong; the one before stays in force");
    tell(std::move(texts), true);
  } else {
    close(core::Reason::misconfigured, std::move(texts));
  }
  if (std::exchange(reloads_, false)) hooks_.reloaded();
}

/// Called again and again, and nothing is done or said as long as nothing has changed.
void Configurator::close(core::Reason reason, std::vector<std::string> why) {
  again_.set(loop_.now() + kUntilMended);
  const std::string check =
      reason != core::Reason::misconfigured
          ? ""
          : "; gpiobroker config check " + folder_.string() + " says when it is right";
  std::string words =
      "nobody may use a line, because the configuration is not in force: " + why.front();
  if (why.size() > 1) words += " (and " + std::to_string(why.size() - 1) + " more)";
  words += check;
  why.insert(
      why.begin(),
      "the configuration is not in force, and so nobody may use a line, root included: it is "
      "read again every 2 seconds" +
          check);
  if (why != report_.problems()) {
    core::Policy::Parts closed;
    closed.closed = core::Refusal{.reason = reason, .field = "lines", .message = std::move(words)};
    hooks_.close(core::Policy(std::move(closed)));
  }
  tell(std::move(why), true);
}

bool Configurator::look_up() {
  lookup_.reset();
  deadline_.cancel();
  try {
    lookup_.emplace(loop_, wanted_, [this] { looked_up(); });
  } catch (const std::system_error& error) {
    spdlog::error("users and groups cannot be looked up by name: {}", error.what());
    return false;
  }
  deadline_.set(loop_.now() + kLongestLookup);
  return true;
}

void Configurator::looked_up() {
  config::KnownAccounts found = lookup_->found();
  lookup_.reset();
  deadline_.cancel();
  take(std::move(found));
}

void Configurator::too_long() {
  spdlog::warn("the system's name services do not answer: no name was learned in {} s",
               kLongestLookup.count());
  looked_up();
}

void Configurator::take(config::KnownAccounts found) {
  const bool complete = found.complete();
  config::fill_in(found, known_);
  const bool changed = is_new_ || found != known_;
  known_ = std::move(found);
  const bool done = !changed || put_in_force();
  if (done && complete) {
    pause_ = seconds(0);
    again_.cancel();
  } else if (is_open_) {  // else it is read again soon, as it is
    try_again_soon();
  }
  if (std::exchange(reloads_, false)) hooks_.reloaded();
}

bool Configurator::put_in_force() {
  auto made = config::interpret(sources_.documents, config::accounts_in(known_, kNotYet));
  if (!made) return false;  // it was right when it was read
  if (const auto done = hooks_.put_in_force(std::move(made->policy)); !done) {
    const std::string& why = done.error().message;
    if (is_open_) {
      tell({"the configuration is not in force yet: " + why}, true);
    } else {
      close(done.error().reason, {why});
    }
    return false;
  }
  is_open_ = true;
  if (std::exchange(is_new_, false)) {
    for (const std::string& file : sources_.files) spdlog::info("configuration from {}", file);
  }
  tell(to_texts(made->warnings), false);
  return true;
}

void Configurator::tell(std::vector<std::string> problems, bool is_wrong) {
  if (report_.tell(std::move(problems), is_wrong)) hooks_.told();
}

void Configurator::try_again() {
  if (lookup_) return;
  if (!is_open_) return load();
  if (!look_up()) try_again_soon();
}

/// A group gpio that is not there is not waited for: most often nobody means it.
void Configurator::try_again_soon() {
  const bool is_urgent = is_new_ || !known_.complete_but_for_group("gpio");
  pause_ = is_urgent ? std::clamp(pause_ * 2, kFirstPause, kLongestPause)
                     : std::clamp(pause_ * 2, kLongestPause, kRarely);
  again_.set(loop_.now() + pause_);
}

/// A moment later: who changes those files makes several others beside them.
void Configurator::names_changed() {
  if (!is_open_ || known_.complete()) return;
  pause_ = seconds(0);
  again_.set(loop_.now() + kFirstPause);
}

}  // namespace gpiobroker::app
