// SPDX-License-Identifier: GPL-2.0-or-later
// Makes edges on lines of gpio-sim, one after the other, and waits for each.
#include <filesystem>

#include "bare_line.h"
#include "edge_listener.h"
#include "measure.h"

namespace gpiobroker::bench {
namespace {

constexpr double kSignalGoal = 1.3;  // pings

Samples time_bare_edges(const Settings& settings, unsigned offset) {
  const BareLine line(settings.device, offset, BareLine::Use::edges);
  SimulatedPull pull(settings.device, offset);
  Samples times;
  for (int i = 0; i < settings.edges; ++i) {
    pull.toggle();
    times.add(line.wait_edge());
  }
  return times;
}

Samples time_signals(EdgeListener& listener, SimulatedPull& pull, int edges) {
  Samples times;
  listener.watch();
  for (int i = 0; i < edges; ++i) {
    pull.toggle();
    times.add(listener.wait_signal());
    listener.answer_question();
  }
  return times;
}

Samples time_answers(EdgeListener& listener, SimulatedPull& pull, int edges) {
  Samples times;
  for (int i = 0; i < edges; ++i) {
    listener.call();
    pull.toggle();
    times.add(listener.wait_answer());
  }
  return times;
}

}  // namespace

Measurements time_edges(const Settings& settings) {
  if (settings.device.empty()) return {};
  const unsigned offset = settings.offset + 2;
  const std::string chip = std::filesystem::path(settings.device).filename();
  EdgeListener listener(settings.address, chip + ":" + std::to_string(offset));
  SimulatedPull pull(settings.device, offset);
  const Samples bare = time_bare_edges(settings, offset + 1);
  const Samples answers = time_answers(listener, pull, settings.edges);
  const Samples signals = time_signals(listener, pull, settings.edges);
  return {{"bare edge, to who reads the request", bare},
          {"edge, to a client by signal", signals, kSignalGoal},
          {"edge, to a client in WaitForEdges", answers}};
}

}  // namespace gpiobroker::bench
