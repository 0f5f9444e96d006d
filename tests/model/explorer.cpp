// SPDX-License-Identifier: GPL-2.0-or-later
// A queue of states, each with the step that led there.
#include "model/explorer.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "model/fingerprint.h"
#include "model/invariants.h"

namespace gpiobroker::test {
namespace {

class Explorer {
 public:
  explicit Explorer(const Possibilities& possibilities) : possible_(possibilities) {}

  Exploration explore() {
    World beginning(possible_.size);
    known_.insert(fingerprint(beginning));
    states_.push_back({});
    for (std::size_t next = 0; next < states_.size() && !found_.broken; ++next) visit(next);
    found_.states = states_.size();
    return found_;
  }

 private:
  struct State {
    std::size_t before = 0;  // the state it was reached from
    Step step;               // by this; of the first state: by nothing
  };

  Story story_to(std::size_t state) const {
    Story story;
    for (; state != 0; state = states_[state].before) story.push_back(states_[state].step);
    return {story.rbegin(), story.rend()};
  }

  void visit(std::size_t state) {
    const Story story = story_to(state);
    found_.longest = std::max(found_.longest, story.size());
    World here(possible_.size);
    for (const Step& step : story) here.perform(step);
    const std::string fingerprint_here = fingerprint(here);
    for (const Step& step : possible_.steps) {
      if (found_.broken) return;
      if (here.allows(step)) try_step(state, story, fingerprint_here, step);
    }
  }

  /// Also with the broker killed at the first point of it, at the second, and so on.
  void try_step(std::size_t from, const Story& story, const std::string& before, Step step) {
    if (possible_.crashes_at_any_point && !kills(step)) {
      do {
        ++step.crash_at;
      } while (!found_.broken && !take(from, story, before, step));
      step.crash_at = 0;
    }
    if (!found_.broken) (void)take(from, story, before, step);
  }

  static bool kills(const Step& step) { return step.action == Action::kill_broker; }

  /// Where hardware fails, a line may end in quarantine instead of where it was.
  [[nodiscard]] bool is_sound(const World& world) const {
    return !world.store().full && std::ranges::none_of(kModelLines, [&](core::LineId line) {
      return world.is_broken(line) || world.is_lied_about(line);
    });
  }

  /// Returns whether the broker lived through it.
  bool take(std::size_t from, Story story, const std::string& before, const Step& step) {
    World world(possible_.size);
    for (const Step& earlier : story) world.perform(earlier);
    const bool lived = world.perform(step);
    if (step.crash_at > 0 && lived) return true;  // as without: tried by itself
    ++found_.transitions;
    story.push_back(step);
    const std::string after = fingerprint(world);
    if (auto what = broken_invariant(world)) {
      found_.broken = {*what, story};
    } else if (world.was_refused() && is_sound(world) && after != before) {
      found_.broken = {"a refusal has changed something", story};
    } else if (known_.insert(after).second) {
      states_.push_back({from, step});
      send_home(world, story);
    }
    return lived;
  }

  void send_home(World& world, const Story& story) {
    world.send_everybody_home();
    if (auto what = left_behind(world)) {
      found_.broken = {"after everybody went home " + *what, story};
    }
  }

  const Possibilities& possible_;
  std::vector<State> states_;
  std::unordered_set<std::string> known_;
  Exploration found_;
};

}  // namespace

Exploration explore(const Possibilities& possibilities) {
  return Explorer(possibilities).explore();
}

}  // namespace gpiobroker::test
