// SPDX-License-Identifier: GPL-2.0-or-later
// The signals are there for whoever looks.
#include "cases/edge_reader.h"

namespace gpiobroker::test {

std::vector<SeenEdge> edges_in(const Json& messages) {
  std::vector<SeenEdge> edges;
  for (const Json& message : messages) {
    edges.push_back({.line = message.at(0),
                     .kind = message.at(1),
                     .line_sequence = message.at(4),
                     .sequence = message.at(5)});
  }
  return edges;
}

EdgeReader::EdgeReader(const std::string& bus_address, uid_t user,
                       const std::vector<std::string>& lines, const Settings& settings)
    : client_(bus_address, user), lease_(lease_in(client_.acquire(lines, settings))) {
  client_.watch("type='signal',interface='org.gpiobroker1.Lease',member='EdgesSeen'");
  standing_ = client_.call(on_lease(lease_, "WatchEdges", "", Json::array())).values.at(0);
}

const std::vector<SeenEdge>& EdgeReader::heard() {
  for (const Json& signal : client_.signals()) {
    const std::vector<SeenEdge> edges = edges_in(signal.at("arguments").at(0));
    heard_.insert(heard_.end(), edges.begin(), edges.end());
    lost_ = signal.at("arguments").at(1);
  }
  return heard_;
}

std::vector<std::string> EdgeReader::words() {
  std::vector<std::string> words;
  for (const SeenEdge& edge : heard()) {
    words.push_back(edge.kind + " " + std::to_string(edge.line_sequence));
  }
  return words;
}

}  // namespace gpiobroker::test
