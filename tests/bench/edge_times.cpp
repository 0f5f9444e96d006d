// SPDX-License-Identifier: GPL-2.0-or-later
// Makes edges on lines of gpio-sim, one after the other, and waits for each.
#include "bare_line.h"
#include "direct_line.h"
#include "edge_listener.h"
#include "measure.h"

namespace gpiobroker::bench {
namespace {

constexpr double kSignalGoal = 1.3;  // pings

Samples time_bare_edges(const BareLine& line, const Settings& settings, unsigned distance) {
  SimulatedPull pull(settings.device, settings.offset + distance);
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

Measurements time_edges(const BrokerClient& client, const Settings& settings) {
  if (settings.device.empty()) return {};
  EdgeListener listener(settings.address, line_after(settings, 2));
  SimulatedPull pull(settings.device, settings.offset + 2);
  const BareLine own(settings.device, settings.offset + 3, BareLine::Use::edges);
  const Samples bare = time_bare_edges(own, settings, 3);
  const Samples answers = time_answers(listener, pull, settings.edges);
  const Samples signals = time_signals(listener, pull, settings.edges);
  Measurements rows{{"bare edge, to who reads the request", bare},
                    {"edge, to a client by signal", signals, kSignalGoal},
                    {"edge, to a client in WaitForEdges", answers}};
  if (const auto direct =
          open_directly(client, line_after(settings, 7), BrokerClient::DirectUse::edges)) {
    rows.push_back({"direct edge", time_bare_edges(*direct, settings, 7)});
  }
  return rows;
}

}  // namespace gpiobroker::bench
