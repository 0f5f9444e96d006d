// SPDX-License-Identifier: GPL-2.0-or-later
// Fuzzes what a client asks for: from dictionaries to a lease, changes of it, and its end.
#include "fuzz/refusals.h"
#include "fuzz/target.h"
#include "fuzz/variants.h"
#include "fuzz/world.h"
#include "unit/broker/broker_fixture.h"

namespace gpiobroker::fuzz {
namespace {

using core::LeaseId;
using core::Reason;

template <class T>
bool granted(const core::Result<T>& result) {
  if (!result) expect_helpful(result.error());
  return result.has_value();
}

/// What is wrong with an argument, not with the world.
template <class T>
bool understood(const core::Result<T>& result) {
  if (granted(result)) return true;
  const Reason why = result.error().reason;
  expect(why == Reason::unknown_setting || why == Reason::invalid_setting ||
             why == Reason::invalid_value,
         "an argument is refused for its own sake");
  return false;
}

std::vector<std::string> lines_from(Input& input) {
  std::vector<std::string> lines;
  for (std::size_t n = input.below(6); n > 0; --n) lines.push_back(line_from(input));
  return lines;
}

std::map<std::string, std::int32_t> values_from(Input& input) {
  std::map<std::string, std::int32_t> values;
  for (std::size_t n = input.below(4); n > 0; --n) {
    values[line_from(input)] = static_cast<std::int32_t>(input.below(4)) - 1;
  }
  return values;
}

core::Result<bus::LeaseRequest> request_from(Input& input) {
  if (input.below(2) == 0) {
    const auto lines = lines_from(input);
    return bus::parse_request(lines, dictionary_from(input));
  }
  std::vector<bus::LineWithSettings> lines;
  for (const std::string& line : lines_from(input))
    lines.emplace_back(line, dictionary_from(input));
  return bus::parse_request(lines, dictionary_from(input));
}

void expect_within_limits(const core::AcquireRequest& request) {
  constexpr std::chrono::hours kDay(24);
  expect(request.consumer.size() <= 31, "a consumer fits the kernel");
  expect(request.event_capacity >= 1 && request.event_capacity <= core::EdgeQueue::kMostCapacity,
         "a queue has a size");
  for (const auto time :
       {request.lifetime.ttl, request.lifetime.heartbeat, request.wait, request.edge_timeout}) {
    expect(time >= core::Instant{0} && time <= kDay, "no time is longer than a day");
  }
}

class Client : public World<test::BrokerTest> {
 public:
  void live(Input& input) {
    auto request = request_from(input);
    if (!understood(request)) return;
    expect_within_limits(request->request);
    if (std::holds_alternative<sdbus::UnixFd>(request->lifeline)) {
      (void)granted(bus::open_lifeline(request->lifeline, test::kAlice));
    }
    const auto id = broker_.acquire(test::kAlice, request->request, test::kNow);
    if (granted(id)) use(*id, input);
    broker_.end_all(core::EndReason::shutdown, test::kNow);
    expect(broker_.held().request_count() == 0, "nothing is held");
    for (const auto& [chip, unused] : board_.chips().all()) expect_safe(chip);
  }

 private:
  void use(LeaseId id, Input& input) {
    while (!input.is_over() && broker_.leases().find(id) != nullptr) act(id, input);
  }

  void act(LeaseId id, Input& input) {
    const auto lines = lines_from(input);
    switch (input.below(4)) {
      case 0: (void)granted(access_.get_values(test::kAlice, id, lines)); break;
      case 1: set_values(id, input); break;
      case 2: reconfigure(id, lines, input); break;
      default: (void)granted(broker_.release(test::kAlice, id, lines, test::kNow));
    }
  }

  void set_values(LeaseId id, Input& input) {
    const auto values = bus::parse_values(values_from(input));
    if (understood(values))
      (void)granted(access_.set_values(test::kAlice, id, *values, test::kNow));
  }

  void reconfigure(LeaseId id, const std::vector<std::string>& lines, Input& input) {
    const auto change = bus::parse_settings(dictionary_from(input));
    if (!understood(change)) return;
    (void)granted(access_.reconfigure(test::kAlice, id, {lines, *change}, test::kNow));
  }

  void expect_safe(core::ChipId chip) {
    const std::uint32_t count = board_.chips().at(chip).info().line_count;
    for (std::uint32_t offset = 0; offset < count; ++offset) {
      expect(!pin({chip, core::Offset{offset}}).driven, "no line is driven");
    }
  }
};

}  // namespace
}  // namespace gpiobroker::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gpiobroker::fuzz::Input input({data, size});
  gpiobroker::fuzz::Client().live(input);
  return 0;
}
